namespace TorchSharp;

/// <summary>Element type, place and whether gradients are wanted, of a tensor to be made; -1 leaves the choice to libtorch. As Options in shim.h.</summary>
internal readonly struct TensorOptions(torch.ScalarType? dtype, torch.Device? device, bool requiresGrad = false)
{
    private readonly sbyte _dtype = dtype is { } type ? (sbyte)type : (sbyte)-1;
    private readonly sbyte _deviceType = device is null ? (sbyte)-1 : (sbyte)device.type;
    private readonly sbyte _deviceIndex = device is null ? (sbyte)-1 : (sbyte)device.index;
    private readonly sbyte _requiresGrad = requiresGrad ? (sbyte)1 : (sbyte)0;
}
