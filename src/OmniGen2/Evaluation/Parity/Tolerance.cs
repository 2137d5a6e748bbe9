namespace OmniGen2.Evaluation.Parity;

/// <summary>How far a value may lie from the recorded one: an amount, or a part of the recorded tensor's largest magnitude.</summary>
public readonly record struct Tolerance
{
    private Tolerance(double value, bool isOfLargest)
    {
        Value = value;
        IsOfLargest = isOfLargest;
    }

    public static Tolerance Exact => default;

    public double Value { get; }

    public bool IsOfLargest { get; }

    public static Tolerance Within(double amount) => new(amount, false);

    public static Tolerance OfLargest(double part) => new(part, true);

    /// <summary>The amount for a tensor with this largest magnitude.</summary>
    public double Amount(double largest) => IsOfLargest ? Value * largest : Value;
}
