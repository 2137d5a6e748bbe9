namespace OmniGen2.Weights;

/// <summary>A wrong weight is an error, not a strange picture: what is missing, misshaped or left over, with the first name and the count.</summary>
internal static class Strictness
{
    public static WeightsException Missing(string source, string name, long[] shape) =>
        new($"{source} lacks tensor '{name}' {Shapes.Text(shape)}, which the model's config asks for; config and weights belong to different models, or the file is incomplete.");

    public static void AssertAllUsed(string source, IEnumerable<string> unused, int count)
    {
        var names = unused.Order(StringComparer.Ordinal).ToList();
        if (names.Count > 0)
        {
            throw new WeightsException($"{source} holds {names.Count} tensors of {count} that the model does not use, first '{names[0]}'; config and weights belong to different models.");
        }
    }

    /// <summary>Compares what the model asks for with what there is, before a byte of data is touched.</summary>
    public static void Check<T>(WeightSource source, IReadOnlyCollection<string> stored, Func<WeightScope, T> build)
    {
        using var recorder = new ShapeRecorder(source.DType, source);
        build(recorder.Root);
        Compare(source, recorder, [.. stored]);
    }

    private static void Compare(WeightSource source, ShapeRecorder wanted, HashSet<string> present)
    {
        var names = wanted.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal).ToList();
        var missing = names.Where(p => !present.Contains(p.Key)).ToList();
        if (missing.Count > 0)
        {
            throw new WeightsException($"{source.Description} lacks {missing.Count} tensors of the {names.Count} that the model needs, first '{missing[0].Key}' {Shapes.Text(missing[0].Value.shape)}; config and weights belong to different models, or the file is incomplete.");
        }

        var misshaped = names.Where(p => !p.Value.shape.AsSpan().SequenceEqual(source.ShapeOf(p.Key))).ToList();
        if (misshaped.Count > 0)
        {
            var (name, tensor) = misshaped[0];
            throw new WeightsException($"{source.Description} has {misshaped.Count} tensors of {names.Count} in another shape, first '{name}': it is {Shapes.Text(source.ShapeOf(name)!)}, but the model's config makes it {Shapes.Text(tensor.shape)}; config and weights belong to different models.");
        }

        AssertAllUsed(source.Description, present.Where(n => !wanted.Parameters.ContainsKey(n)), present.Count);
    }
}
