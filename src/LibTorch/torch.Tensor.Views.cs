using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    // Other shapes of the same elements; mostly without copying.
    public unsafe sealed partial class Tensor
    {
        public Tensor T => ts_t(this);

        public Tensor mT => transpose(-2, -1);

        public Tensor view(params long[] shape) => ts_view(this, shape);

        public Tensor view_as(Tensor other) => ts_view(this, other.shape);

        public Tensor reshape(params long[] shape) => ts_reshape(this, shape);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => ts_flatten(this, start_dim, end_dim);

        public Tensor unflatten(long dim, params long[] sizes) => ts_unflatten(this, dim, sizes);

        public Tensor transpose(long dim0, long dim1) => ts_transpose(this, dim0, dim1);

        public Tensor swapaxes(long dim0, long dim1) => ts_transpose(this, dim0, dim1);

        public Tensor permute(params long[] permutation) => ts_permute(this, permutation);

        public Tensor movedim(long[] source, long[] destination) => ts_movedim(this, source, destination);

        public Tensor t() => ts_t(this);

        public Tensor squeeze(long? dim = null) => dim is { } d ? ts_squeeze_dim(this, d) : ts_squeeze(this);

        public Tensor squeeze_(long? dim = null) => Self(ts_squeeze_(this, dim is not null, dim ?? 0));

        public Tensor unsqueeze(long dim) => ts_unsqueeze(this, dim);

        public Tensor unsqueeze_(long dim) => Self(ts_unsqueeze_(this, dim));

        public Tensor expand(params long[] sizes) => ts_expand(this, sizes, false);

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => ts_expand(this, sizes, isImplicit);

        public Tensor expand_as(Tensor other) => ts_expand(this, other.shape, false);

        public Tensor broadcast_to(params long[] shape) => ts_expand(this, shape, false);

        public Tensor repeat(params long[] sizes) => ts_repeat(this, sizes);

        public Tensor tile(long[] reps) => ts_tile(this, reps);

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Sized(output_size, dim, ts_repeat_interleave(this, repeats, dim is not null, dim ?? 0));

        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) =>
            Sized(output_size, dim, ts_repeat_interleave_t(this, repeats, dim is not null, dim ?? 0));

        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) => ts_as_strided(this, size, strides, storageOffset);

        public Tensor narrow(long dim, long start, long length) => ts_narrow(this, dim, start, length);

        public Tensor select(long dim, long index) => ts_select(this, dim, index);

        public Tensor slice(long dim, long start, long finish, long step) => ts_slice(this, dim, start, finish, step);

        public Tensor unfold(long dimension, long size, long step) => ts_unfold(this, dimension, size, step);

        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) => ts_diagonal(this, offset, dim1, dim2);

        public Tensor diag(long diagonal = 0) => ts_diag(this, diagonal);

        public Tensor tril(long diagonal = 0) => ts_tril(this, diagonal);

        public Tensor triu(long diagonal = 0) => ts_triu(this, diagonal);

        public Tensor flip(params long[] dims) => ts_flip(this, dims);

        public Tensor roll(long shifts, long? dims = null) => ts_roll(this, (long[])[shifts], dims is { } d ? [d] : Array.Empty<long>());

        public Tensor roll(long[] shifts, long[] dims) => ts_roll(this, shifts, dims);

        public Tensor view_as_real() => ts_view_as_real(this);

        public Tensor view_as_complex() => ts_view_as_complex(this);

        public Tensor alias() => ts_alias(this);

        public Tensor[] split(long size, int dim = 0) => Fault.Collect(ts_split(this, size, dim, out var count), count);

        public Tensor[] split(long[] sizes, long dim = 0) => Fault.Collect(ts_split_sizes(this, sizes, dim, out var count), count);

        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => Fault.Collect(ts_split_sizes(this, sizes, dim, out var count), count);

        public Tensor[] chunk(long chunks, long dim = 0) => Fault.Collect(ts_chunk(this, chunks, dim, out var count), count);

        public Tensor[] unbind(long dimension = 0) => Fault.Collect(ts_unbind(this, dimension, out var count), count);

        // libtorch takes the wanted size only to spare a look at the repeats; here it is a promise that is checked.
        private static Tensor Sized(long? wanted, long? dim, Tensor repeated) =>
            wanted is not { } size || repeated.shape[dim is { } d ? (int)(d < 0 ? d + repeated.dim() : d) : 0] == size
                ? repeated
                : throw new ArgumentException($"repeat_interleave: the repeats give {string.Join("x", repeated.shape)}, not {wanted} as promised.");
    }
}
