using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public static readonly Device CPU = new(DeviceType.CPU);

    public static readonly Device META = new(DeviceType.META);

    public static readonly Device CUDA = new(DeviceType.CUDA);

    public static Device device(string description) => new(description);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    /// <summary>Where a tensor lives: <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c>, <c>meta</c>.</summary>
    public sealed class Device : IEquatable<Device>
    {
        public Device(string description)
        {
            var parts = description.Split(':');
            type = parts[0].ToLowerInvariant() switch
            {
                "cpu" => DeviceType.CPU,
                "cuda" => DeviceType.CUDA,
                "mps" => DeviceType.MPS,
                "meta" => DeviceType.META,
                _ => throw new ArgumentException($"'{description}' is not a device: use cpu, cuda, cuda:N, mps or meta."),
            };
            index = parts.Length == 1 ? -1 : int.Parse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture);
        }

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        public DeviceType type { get; }

        public int index { get; }

        public static implicit operator Device(string description) => new(description);

        // "cuda" and "cuda:0" are one place as long as nobody moves the current device.
        public bool Equals(Device? other) => other is not null && type == other.type && Math.Max(0, index) == Math.Max(0, other.index);

        public override bool Equals(object? obj) => Equals(obj as Device);

        public override int GetHashCode() => HashCode.Combine(type, Math.Max(0, index));

        public override string ToString() => type.ToString().ToLowerInvariant() + (index < 0 ? string.Empty : $":{index}");
    }
}
