using static TorchSharp.Native;

namespace TorchSharp;

// Shapes, pieces and picking, as functions: a flat list.
public static unsafe partial class torch
{
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => ts_cat(TensorList.Of(tensors), dim);
    public static Tensor cat(Tensor[] tensors, long dim = 0) => ts_cat(tensors, dim);
    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => ts_cat(tensors, dim);
    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => ts_cat(TensorList.Of(tensors), dim);
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => ts_stack(TensorList.Of(tensors), dim);
    public static Tensor hstack(params Tensor[] tensors) => ts_cat(tensors, tensors[0].dim() < 2 ? 0 : 1);
    public static Tensor vstack(Tensor[] tensors) => cat([.. tensors.Select(t => t.dim() < 2 ? t.reshape(1, -1) : t)], 0);

    public static Tensor[] chunk(Tensor input, long chunks, long dim = 0) => input.chunk(chunks, dim);
    public static Tensor[] split(Tensor tensor, long[] split_size_or_sections, long dim = 0) => tensor.split(split_size_or_sections, dim);
    public static Tensor[] unbind(Tensor input, long dim = 0) => input.unbind(dim);
    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij") => Fault.Collect(ts_meshgrid(TensorList.Of(tensors), indexing == "xy", out var count), count);
    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors) => Fault.Collect(ts_broadcast_tensors(tensors, out var count), count);

    public static Tensor reshape(Tensor input, params long[] shape) => input.reshape(shape);
    public static Tensor permute(Tensor input, params long[] permutation) => input.permute(permutation);
    public static Tensor transpose(Tensor input, long dim0, long dim1) => input.transpose(dim0, dim1);
    public static Tensor flatten(Tensor input, long start_dim = 0, long end_dim = -1) => input.flatten(start_dim, end_dim);
    public static Tensor unsqueeze(Tensor input, long dim) => input.unsqueeze(dim);
    public static Tensor squeeze(Tensor input, long? dim = null) => input.squeeze(dim);
    public static Tensor narrow(Tensor input, long dim, long start, long length) => input.narrow(dim, start, length);
    public static Tensor select(Tensor input, long dim, long index) => input.select(dim, index);
    public static Tensor repeat_interleave(Tensor input, long repeats, long? dim = null, long? output_size = null) => input.repeat_interleave(repeats, dim, output_size);
    public static Tensor tile(Tensor input, long[] dims) => input.tile(dims);
    public static Tensor flip(Tensor input, params long[] dims) => input.flip(dims);
    public static Tensor roll(Tensor input, long[] shifts, long[] dims) => input.roll(shifts, dims);
    public static Tensor tril(Tensor input, long diagonal = 0) => input.tril(diagonal);
    public static Tensor triu(Tensor input, long diagonal = 0) => input.triu(diagonal);
    public static Tensor clone(Tensor input) => input.clone();

    public static Tensor index_select(Tensor input, long dim, Tensor index) => input.index_select(dim, index);
    public static Tensor gather(Tensor input, long dim, Tensor index) => input.gather(dim, index);
    public static Tensor scatter(Tensor input, long dim, Tensor index, Tensor src) => input.scatter(dim, index, src);
    public static Tensor masked_select(Tensor input, Tensor mask) => input.masked_select(mask);
    public static Tensor nonzero(Tensor input) => input.nonzero();
    public static Tensor isin(Tensor tensor, Tensor test_elements, bool assumeUnique = false, bool invert = false) => tensor.isin(test_elements, assumeUnique, invert);
}
