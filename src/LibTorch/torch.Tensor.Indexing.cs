using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    // Picking and placing elements: by number, slice, index tensor, mask.
    public sealed partial class Tensor
    {
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor this[long i1]
        {
            get => ts_select(this, 0, i1);
            set => index_put_(value, i1);
        }

        public Tensor this[long i1, long i2]
        {
            get => ts_index(this, (TensorIndex[])[i1, i2]);
            set => index_put_(value, i1, i2);
        }

        public Tensor this[long i1, long i2, long i3]
        {
            get => ts_index(this, (TensorIndex[])[i1, i2, i3]);
            set => index_put_(value, i1, i2, i3);
        }

        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => ts_index(this, (TensorIndex[])[i1, i2, i3, i4]);
            set => index_put_(value, i1, i2, i3, i4);
        }

        public Tensor index(params TensorIndex[] indices) => ts_index(this, indices);

        public Tensor index(params Tensor[] indices) => ts_index(this, AsIndices(indices));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => Self(ts_index_put_(this, indices, value));

        public Tensor index_put_(Tensor value, params Tensor[] indices) => Self(ts_index_put_(this, AsIndices(indices), value));

        public Tensor index_put_(Scalar value, params TensorIndex[] indices) => Self(ts_index_put_s_(this, indices, value));

        public Tensor index_put_(Scalar value, params Tensor[] indices) => Self(ts_index_put_s_(this, AsIndices(indices), value));

        public Tensor index_select(long dim, Tensor index) => ts_index_select(this, dim, index);

        public Tensor gather(long dim, Tensor index) => ts_gather(this, dim, index);

        public Tensor take(Tensor index) => ts_take(this, index);

        public Tensor take_along_dim(Tensor indices, long dim) => ts_take_along_dim(this, indices, dim);

        public Tensor scatter(long dim, Tensor index, Tensor src) => ts_scatter(this, dim, index, src);

        public Tensor scatter_(long dim, Tensor index, Tensor src) => Self(ts_scatter_(this, dim, index, src));

        public Tensor scatter_add(long dim, Tensor index, Tensor src) => ts_scatter_add(this, dim, index, src);

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Self(ts_scatter_add_(this, dim, index, src));

        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => ts_index_add(this, dim, index, source, alpha);

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) => Self(ts_index_add_(this, dim, index, source, alpha));

        public Tensor index_copy(long dim, Tensor index, Tensor source) => ts_index_copy(this, dim, index, source);

        public Tensor index_copy_(long dim, Tensor index, Tensor source) => Self(ts_index_copy_(this, dim, index, source));

        public Tensor index_fill(long dim, Tensor index, Scalar value) => ts_index_fill(this, dim, index, value);

        public Tensor index_fill_(long dim, Tensor index, Scalar value) => Self(ts_index_fill_(this, dim, index, value));

        public Tensor masked_fill(Tensor mask, Scalar value) => ts_masked_fill(this, mask, value);

        public Tensor masked_fill_(Tensor mask, Scalar value) => Self(ts_masked_fill_(this, mask, value));

        public Tensor masked_select(Tensor mask) => ts_masked_select(this, mask);

        public Tensor masked_scatter(Tensor mask, Tensor value) => ts_masked_scatter(this, mask, value);

        public Tensor masked_scatter_(Tensor mask, Tensor value) => Self(ts_masked_scatter_(this, mask, value));

        public Tensor nonzero() => ts_nonzero(this);

        /// <summary>This where the condition holds, <paramref name="y"/> elsewhere.</summary>
        public Tensor where(Tensor condition, Tensor y) => ts_where(condition, this, y);

        private static TensorIndex[] AsIndices(Tensor[] indices) => [.. indices.Select(TensorIndex.Tensor)];
    }
}
