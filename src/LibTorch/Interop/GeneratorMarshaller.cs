using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp;

/// <summary>Makes a generator a handle for the call and keeps it alive during it; none given is libtorch's own.</summary>
[CustomMarshaller(typeof(torch.Generator), MarshalMode.ManagedToUnmanagedIn, typeof(GeneratorMarshaller))]
internal ref struct GeneratorMarshaller
{
    private torch.Generator? _generator;

    public void FromManaged(torch.Generator? generator) => _generator = generator;

    public readonly nint ToUnmanaged() => _generator is null ? 0 : _generator.Handle;

    public readonly void OnInvoked() => GC.KeepAlive(_generator);

    public readonly void Free()
    {
    }
}
