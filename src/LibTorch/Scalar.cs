namespace TorchSharp;

/// <summary>A number of any type, as an argument of an operator. As Number in shim.h.</summary>
public readonly struct Scalar
{
    private readonly long _bits;
    private readonly long _kind;

    private Scalar(long bits, Kind kind)
    {
        _bits = bits;
        _kind = (long)kind;
    }

    private enum Kind
    {
        Whole = 1,
        Real = 2,
        Truth = 3,
    }

    public torch.ScalarType Type => (Kind)_kind switch
    {
        Kind.Real => torch.ScalarType.Float64,
        Kind.Truth => torch.ScalarType.Bool,
        _ => torch.ScalarType.Int64,
    };

    public static implicit operator Scalar(byte value) => new(value, Kind.Whole);

    public static implicit operator Scalar(sbyte value) => new(value, Kind.Whole);

    public static implicit operator Scalar(short value) => new(value, Kind.Whole);

    public static implicit operator Scalar(int value) => new(value, Kind.Whole);

    public static implicit operator Scalar(long value) => new(value, Kind.Whole);

    public static implicit operator Scalar(Half value) => (double)value;

    public static implicit operator Scalar(BFloat16 value) => (double)(float)value;

    public static implicit operator Scalar(float value) => (double)value;

    public static implicit operator Scalar(double value) => new(BitConverter.DoubleToInt64Bits(value), Kind.Real);

    public static implicit operator Scalar(bool value) => new(value ? 1 : 0, Kind.Truth);

    /// <summary>The value as a double, whatever it was made from.</summary>
    public double ToDouble() => (Kind)_kind == Kind.Real ? BitConverter.Int64BitsToDouble(_bits) : _bits;
}
