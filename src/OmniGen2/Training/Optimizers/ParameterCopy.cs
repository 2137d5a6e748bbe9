using static TorchSharp.torch;

namespace OmniGen2.Training.Optimizers;

/// <summary>Overwrites parameters by others of the same names and shapes.</summary>
internal static class ParameterCopy
{
    /// <param name="targets">All of them must be found.</param>
    /// <param name="values">Nothing else may be there.</param>
    /// <param name="source">What a message calls the values.</param>
    public static void Into(IReadOnlyDictionary<string, Tensor> targets, IReadOnlyDictionary<string, Tensor> values, string source)
    {
        foreach (var (name, target) in targets)
        {
            if (!values.TryGetValue(name, out var value))
            {
                throw Fault($"lacks '{name}' [{string.Join(", ", target.shape)}]", source);
            }

            if (!value.shape.AsSpan().SequenceEqual(target.shape))
            {
                throw Fault($"has '{name}' as [{string.Join(", ", value.shape)}] where the model has [{string.Join(", ", target.shape)}]", source);
            }
        }

        if (values.Keys.FirstOrDefault(name => !targets.ContainsKey(name)) is { } extra)
        {
            throw Fault($"has '{extra}', which the model lacks", source);
        }

        using var noGrad = no_grad();
        foreach (var (name, target) in targets)
        {
            target.copy_(values[name]);
        }
    }

    private static ModelException Fault(string what, string source) =>
        new($"{source} {what}: it belongs to another architecture. Take the config that it was trained with.");
}
