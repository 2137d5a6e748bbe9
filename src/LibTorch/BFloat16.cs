using System.Globalization;

namespace TorchSharp;

/// <summary>The upper half of a float: its range with eight bits of precision.</summary>
public readonly struct BFloat16(ushort bits) : IEquatable<BFloat16>
{
    private readonly ushort _bits = bits;

    public static explicit operator BFloat16(float value)
    {
        if (float.IsNaN(value))
        {
            return new BFloat16(0x7fc0);
        }

        var bits = BitConverter.SingleToUInt32Bits(value);
        return new BFloat16((ushort)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16));
    }

    public static implicit operator float(BFloat16 value) => BitConverter.UInt32BitsToSingle((uint)value._bits << 16);

    public static bool operator ==(BFloat16 left, BFloat16 right) => left.Equals(right);

    public static bool operator !=(BFloat16 left, BFloat16 right) => !left.Equals(right);

    public bool Equals(BFloat16 other) => (float)this == other;

    public override bool Equals(object? obj) => obj is BFloat16 other && Equals(other);

    public override int GetHashCode() => ((float)this).GetHashCode();

    public override string ToString() => ((float)this).ToString(CultureInfo.InvariantCulture);
}
