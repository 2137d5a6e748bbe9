namespace OmniGen2;

/// <summary>The one exception whose text is written for the person at the screen: it names the thing, the numbers and the remedy.</summary>
public class ModelException : Exception
{
    public ModelException(string message)
        : base(message)
    {
    }

    public ModelException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
