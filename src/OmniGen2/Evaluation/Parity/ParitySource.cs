using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Evaluation.Parity;

/// <summary>What to verify, and on which device.</summary>
internal sealed record ParitySource(RecordedSet Set, string DeviceName, Device Device)
{
    /// <summary>Weights of a file or of a part's folder, on the device.</summary>
    public WeightSource Open(string path, ScalarType dtype = ScalarType.Float32) =>
        SafetensorsSource.Open(path, new SafetensorsOptions { DType = dtype, Device = Device, Aliases = SafetensorsOptions.QwenAliases });
}
