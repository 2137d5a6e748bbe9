using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    // What a tensor says about itself.
    public unsafe sealed partial class Tensor
    {
        public long Dimensions => ts_dim(this);

        public long ndim => ts_dim(this);

        public long NumberOfElements => ts_numel(this);

        public long ElementSize => ts_element_size(this);

        public ScalarType dtype => (ScalarType)ts_dtype(this);

        public Device device => new(device_type, device_index);

        public DeviceType device_type => (DeviceType)ts_device_type(this);

        public int device_index => ts_device_index(this);

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public long[] shape
        {
            get
            {
                var sizes = new long[ts_dim(this)];
                fixed (long* to = sizes)
                {
                    ts_sizes(this, to);
                }

                return sizes;
            }
        }

        public long dim() => ts_dim(this);

        public long numel() => ts_numel(this);

        public long element_size() => ts_element_size(this);

        public long storage_offset() => ts_storage_offset(this);

        public bool is_contiguous() => ts_is_contiguous(this);

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_integral() => torch.is_integral(dtype);

        public long[] size() => shape;

        public long size(int dim)
        {
            Fault.Check(ts_size(this, dim, out var size));
            return size;
        }

        public long[] stride()
        {
            var strides = new long[ts_dim(this)];
            fixed (long* to = strides)
            {
                ts_strides(this, to);
            }

            return strides;
        }

        public long stride(int dim)
        {
            Fault.Check(ts_stride(this, dim, out var stride));
            return stride;
        }

        private static sbyte Code(ScalarType? type) => type is { } given ? (sbyte)given : (sbyte)-1;
    }
}
