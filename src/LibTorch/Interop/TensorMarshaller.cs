using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp;

/// <summary>Makes a tensor a handle for the call and keeps it alive during it; makes a handle a tensor, and a null the fault it stands for.</summary>
[CustomMarshaller(typeof(torch.Tensor), MarshalMode.ManagedToUnmanagedIn, typeof(In))]
[CustomMarshaller(typeof(torch.Tensor), MarshalMode.ManagedToUnmanagedOut, typeof(Out))]
internal static class TensorMarshaller
{
    public ref struct In
    {
        private torch.Tensor? _tensor;

        public void FromManaged(torch.Tensor? tensor) => _tensor = tensor;

        public readonly nint ToUnmanaged() => _tensor is null ? 0 : _tensor.Handle;

        public readonly void OnInvoked() => GC.KeepAlive(_tensor);

        public readonly void Free()
        {
        }
    }

    public static class Out
    {
        public static torch.Tensor ConvertToManaged(nint handle) => handle == 0 ? throw Fault.Last() : new torch.Tensor(handle);
    }
}
