namespace OmniGen2.Weights;

/// <summary>A weights file, a checkpoint folder or a tensor in it is not what the model needs.</summary>
public sealed class WeightsException : ModelException
{
    public WeightsException(string message)
        : base(message)
    {
    }

    public WeightsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
