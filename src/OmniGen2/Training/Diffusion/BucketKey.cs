using System.Globalization;

namespace OmniGen2.Training.Diffusion;

/// <summary>Samples that can stand in one batch: the same task, as many references, prompts of one form and length.</summary>
/// <param name="Task">What is learnt.</param>
/// <param name="References">Pictures that the transformer sees besides the noise.</param>
/// <param name="IsChat">Whether the prompt came as a conversation.</param>
/// <param name="Length">Text tokens, template included.</param>
internal readonly record struct BucketKey(DiffusionTaskKind Task, int References, bool IsChat, int Length)
{
    private const string Suffix = ".text";

    /// <summary>Name of the tensor of text states, [n, Length, D].</summary>
    public string Text => Name + Suffix;

    /// <summary>Name of the table [n, 1 + References + 1]: number of the sample, pictures of its references, picture of its target.</summary>
    public string Rows => Name + ".rows";

    private string Name => string.Create(CultureInfo.InvariantCulture, $"{Task}.{References}.{(IsChat ? "chat" : "plain")}.{Length}");

    /// <summary>The bucket that a tensor belongs to; null for tensors that are no text states.</summary>
    public static BucketKey? Of(string name)
    {
        var parts = name.Split('.');
        return name.EndsWith(Suffix, StringComparison.Ordinal) && parts.Length == 5
            ? new BucketKey(
                Enum.Parse<DiffusionTaskKind>(parts[0]),
                int.Parse(parts[1], CultureInfo.InvariantCulture),
                parts[2] == "chat",
                int.Parse(parts[3], CultureInfo.InvariantCulture))
            : null;
    }
}
