using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    // Drawing from and into a tensor, and others like it.
    public sealed partial class Tensor
    {
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) => ts_multinomial(this, num_samples, replacement, generator);

        public Tensor bernoulli(Generator? generator = null) => ts_bernoulli(this, generator);

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Self(ts_bernoulli_(this, p, generator));

        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) => Self(ts_normal_(this, mean, std, generator));

        public Tensor uniform_(double from, double to, Generator? generator = null) => Self(ts_uniform_(this, from, to, generator));

        public Tensor exponential_(double lambda = 1, Generator? generator = null) => Self(ts_exponential_(this, lambda, generator));

        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => ts_rand_like(this, new TensorOptions(dtype, device, requires_grad));

        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => ts_randn_like(this, new TensorOptions(dtype, device, requires_grad));

        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => ts_zeros_like(this, new TensorOptions(dtype, device, requires_grad));

        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => ts_ones_like(this, new TensorOptions(dtype, device, requires_grad));

        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => ts_empty_like(this, new TensorOptions(dtype, device, requires_grad));

        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => ts_full_like(this, value, new TensorOptions(dtype, device, requires_grad));

        public Tensor new_zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => ts_zeros(size, new TensorOptions(dtype ?? this.dtype, device ?? this.device, requires_grad));

        public Tensor new_ones(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => ts_ones(size, new TensorOptions(dtype ?? this.dtype, device ?? this.device, requires_grad));

        public Tensor new_empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => ts_empty(size, new TensorOptions(dtype ?? this.dtype, device ?? this.device, requires_grad));

        public Tensor new_full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => ts_full(size, value, new TensorOptions(dtype ?? this.dtype, device ?? this.device, requires_grad));
    }
}
