namespace TorchSharp;

/// <summary>Work could not be recorded as a <see cref="CudaGraph"/>; run plainly it may well succeed, and nothing of it has run.</summary>
public sealed class GraphCaptureException : TorchException
{
    public GraphCaptureException()
    {
    }

    public GraphCaptureException(string message)
        : base(message)
    {
    }

    public GraphCaptureException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
