namespace TorchSharp;

/// <summary>The one element of a tensor as a C# number, converted as needed.</summary>
public static class TensorExtensionMethods
{
    public static float ToSingle(this torch.Tensor value) => (float)value.ToDouble();

    public static double ToDouble(this torch.Tensor value)
    {
        Fault.Check(Native.ts_item_real(value, out var number));
        return number;
    }

    public static int ToInt32(this torch.Tensor value) => checked((int)value.ToInt64());

    public static long ToInt64(this torch.Tensor value)
    {
        Fault.Check(Native.ts_item_long(value, out var number));
        return number;
    }

    public static bool ToBoolean(this torch.Tensor value) => value.ToInt64() != 0;
}
