using System.Collections.Immutable;

namespace OmniGen2.Training.Shapes;

/// <summary>A picture as data: its background and its objects, from which every pixel follows.</summary>
public sealed record Scene(Background Background, ImmutableArray<SceneObject> Objects)
{
    public Scene With(SceneObject added) => this with { Objects = Objects.Add(added) };

    public Scene Without(int index) => this with { Objects = Objects.RemoveAt(index) };

    public Scene Replace(int index, SceneObject changed) => this with { Objects = Objects.SetItem(index, changed) };

    /// <summary>The cells without an object, in reading order.</summary>
    public IReadOnlyList<int> FreeCells()
    {
        var taken = Objects.Select(each => each.Cell).ToHashSet();
        return [.. Enumerable.Range(0, Grid.Cells).Where(cell => !taken.Contains(cell))];
    }

    /// <summary>Whether no two objects share shape and colour, so that each has a name of its own.</summary>
    public bool HasDistinctNames => Objects.Select(each => (each.Shape, each.Colour)).Distinct().Count() == Objects.Length;

    public bool Equals(Scene? other) =>
        other is not null && Background == other.Background && Objects.AsSpan().SequenceEqual(other.Objects.AsSpan());

    public override int GetHashCode() =>
        Objects.Aggregate(Background.GetHashCode(), (hash, each) => HashCode.Combine(hash, each));
}
