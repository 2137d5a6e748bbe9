namespace OmniGen2.Training.Shapes;

/// <summary>"make the star large", or by steps: bigger is one size up, much bigger two.</summary>
internal static class SizeEdit
{
    public static (Scene Target, string Text) Sample(SceneRandom random, Scene source, int index)
    {
        var it = source.Objects[index];
        var size = random.Pick<ObjectSize>([.. World.Sizes.Where(each => each != it.Size)]);
        var name = Phrases.Reference(random, source, index);
        return (source.Replace(index, KeepInside(it with { Size = size })), Text(random, size - it.Size, size, name));
    }

    /// <summary>The centre stays unless the new size may not stray so far.</summary>
    private static SceneObject KeepInside(SceneObject resized)
    {
        var (x, y) = Grid.CentreOf(resized.Cell);
        var stray = Grid.Jitter(resized.Size);
        return resized with { X = Math.Clamp(resized.X, x - stray, x + stray), Y = Math.Clamp(resized.Y, y - stray, y + stray) };
    }

    private static string Text(SceneRandom random, int steps, ObjectSize size, string name)
    {
        if (random.Chance(.4))
        {
            return $"make {name} {(size == ObjectSize.Medium ? "medium sized" : Words.Of(size)[0])}";
        }

        return steps switch
        {
            2 => random.Pick($"make {name} much bigger", $"make {name} huge"),
            -2 => random.Pick($"make {name} much smaller", $"make {name} tiny"),
            1 => random.Pick($"make {name} bigger", $"enlarge {name}"),
            _ => random.Pick($"make {name} smaller", $"shrink {name}"),
        };
    }
}
