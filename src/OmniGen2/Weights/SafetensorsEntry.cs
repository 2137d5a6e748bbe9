namespace OmniGen2.Weights;

/// <summary>Where one tensor lies in a safetensors file.</summary>
/// <param name="Name">Key in the file.</param>
/// <param name="DType">Safetensors' name of the element type: F32, BF16, …</param>
/// <param name="Shape">Row-major dimensions; empty for a scalar.</param>
/// <param name="Offset">First byte, counted from the start of the file.</param>
/// <param name="Length">Bytes.</param>
public sealed record SafetensorsEntry(string Name, string DType, long[] Shape, long Offset, long Length);
