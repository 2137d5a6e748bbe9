using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>A fault inside libtorch, in its own words.</summary>
public class TorchException : ExternalException
{
    public TorchException()
    {
    }

    public TorchException(string message)
        : base(message)
    {
    }

    public TorchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
