using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    // Elements in and out, and from type to type and device to device.
    public unsafe sealed partial class Tensor
    {
        /// <summary>The bytes themselves, without a copy, of a contiguous tensor in the machine's own memory; valid as long as the tensor is.</summary>
        public Span<byte> bytes
        {
            get
            {
                if (!is_cpu() || !is_contiguous())
                {
                    throw new InvalidOperationException($"The bytes of {this} cannot be reached: call cpu() and contiguous() first.");
                }

                return new Span<byte>(Pointer(), checked((int)(numel() * element_size())));
            }
        }

        public Utils.TensorAccessor<T> data<T>()
            where T : unmanaged => new(this);

        /// <summary>The one element. Its type is that of the tensor; convert first where another is wanted.</summary>
        public T item<T>()
            where T : unmanaged
        {
            if (numel() != 1)
            {
                throw new ArgumentException($"item: {this} has {numel()} elements, not one.");
            }

            using var here = is_cpu() ? null : cpu();
            return (here ?? this).data<T>()[0];
        }

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(new TensorOptions(type, null), copy, disposeAfter, non_blocking);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(new TensorOptions(null, device), copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(new TensorOptions(type, device), copy, disposeAfter, non_blocking);

        public Tensor to(Tensor other, bool non_blocking = false) => to(other.dtype, other.device, non_blocking: non_blocking);

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(type, copy, disposeAfter, non_blocking);

        public Tensor type_as(Tensor tensor) => to(tensor.dtype);

        public Tensor @float() => to(ScalarType.Float32);

        public Tensor @double() => to(ScalarType.Float64);

        public Tensor half() => to(ScalarType.Float16);

        public Tensor bfloat16() => to(ScalarType.BFloat16);

        public Tensor @long() => to(ScalarType.Int64);

        public Tensor @int() => to(ScalarType.Int32);

        public Tensor @byte() => to(ScalarType.Byte);

        public Tensor @bool() => to(ScalarType.Bool);

        public Tensor cpu() => to(CPU);

        public Tensor cuda(Device? device = null, bool non_blocking = false) => to(device ?? CUDA, non_blocking: non_blocking);

        public Tensor clone() => ts_clone(this);

        public Tensor contiguous() => ts_contiguous(this);

        public Tensor pin_memory() => ts_pin_memory(this);

        public Tensor copy_(Tensor source, bool nonBlocking = false) => Self(ts_copy_(this, source, nonBlocking));

        public Tensor set_(Tensor source) => Self(ts_set_(this, source));

        internal void* Pointer()
        {
            Fault.Check(ts_data_ptr(this, out var pointer));
            return (void*)pointer;
        }

        private Tensor To(TensorOptions options, bool copy, bool disposeAfter, bool nonBlocking)
        {
            var converted = ts_to(this, options, nonBlocking, copy);
            if (disposeAfter)
            {
                Dispose();
            }

            return converted;
        }
    }
}
