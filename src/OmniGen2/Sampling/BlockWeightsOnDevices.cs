using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Sampling;

/// <summary>Which device computes with which kind of weights.</summary>
internal static class BlockWeightsOnDevices
{
    /// <summary>As wanted, or a sentence that says what is in the way.</summary>
    internal static BlockWeights On(this BlockWeights wanted, Device device, bool emulates = false) => wanted switch
    {
        BlockWeights.Int8 when device.type != DeviceType.CPU =>
            throw new ModelException($"Weights of 8 bits are computed with on the CPU only, and the device is '{device}': keep all weights as they are, or choose the device 'cpu'."),
        BlockWeights.Float8 when device.type != DeviceType.CPU || !emulates => CheckFloat8(
            device, Float8Weight.IsCompiled, device.type == DeviceType.CUDA && Float8Weight.IsCompiled ? cuda.get_device_capability(device) : default),
        _ => wanted,
    };

    /// <summary>The same for fp8, of a libtorch and a GPU of this capability.</summary>
    internal static BlockWeights CheckFloat8(Device device, bool isCompiled, (int Major, int Minor) capability)
    {
        var least = Float8Weight.LeastCapability;
        return device.type != DeviceType.CUDA
            ? throw new ModelException($"Weights in fp8 are computed with on GPUs only, and the device is '{device}': keep all weights as they are, or in 8 bits (int8).")
            : !isCompiled ? throw new ModelException($"Weights in fp8 need libtorch 2.5 or newer, and this is {__version__}: keep all weights as they are, or build with a newer one (LIBTORCH).")
            : capability.CompareTo(least) < 0 ? throw new ModelException(
                $"Weights in fp8 need a GPU of compute capability {least.Major}.{least.Minor} or more, and '{device}' has {capability.Major}.{capability.Minor}: keep all weights as they are.")
            : BlockWeights.Float8;
    }
}
