namespace TorchSharp;

/// <summary>As Index in indexing.cpp.</summary>
internal struct NativeIndex
{
    public long Kind;
    public long Start;
    public long Stop;
    public long Step;
    public long Has;
    public nint Tensor;
}
