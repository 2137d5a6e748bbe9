namespace TorchSharp;

/// <summary>The device or the machine has not the memory that a call of libtorch asked for; smaller work may still succeed.</summary>
public sealed class TorchOutOfMemoryException : TorchException
{
    public TorchOutOfMemoryException()
    {
    }

    public TorchOutOfMemoryException(string message)
        : base(message)
    {
    }

    public TorchOutOfMemoryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
