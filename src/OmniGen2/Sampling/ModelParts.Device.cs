using System.Globalization;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Sampling;

// Where a checkpoint is computed, and in what numbers.
internal sealed partial class ModelParts
{
    internal static Device FindDevice(string name)
    {
        if (name == "auto")
        {
            return cuda.is_available() ? new Device("cuda") : CPU;
        }

        if (name == "cpu")
        {
            return CPU;
        }

        var number = name.Split(':') switch
        {
            ["cuda"] => 0,
            ["cuda", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => throw new ModelException($"There is no device '{name}': use 'auto', 'cpu', 'cuda' or 'cuda:0'."),
        };
        return number < cuda.device_count()
            ? new Device($"cuda:{number}")
            : throw new ModelException($"The device '{name}' is asked for, but libtorch sees {cuda.device_count()} GPUs here: use 'cpu', or a CUDA build of libtorch.");
    }

    internal static ScalarType FindPrecision(ModelPrecision wanted, Device device, CheckpointFolder folder) => wanted.On(device, FolderBytes(folder.Transformer));

    private static long FolderBytes(string folder) => new DirectoryInfo(folder).EnumerateFiles("*.safetensors").Sum(f => f.Length);
}
