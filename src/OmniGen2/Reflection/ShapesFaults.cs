using OmniGen2.Evaluation.Shapes;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Reflection;

/// <summary>What is wrong with a scene that was asked for otherwise, and the edit that mends the worst of it.</summary>
internal static class ShapesFaults
{
    // A missing or unasked object is worse than one that looks wrong, and that worse than one in the wrong place.
    private const int WrongObject = 8;
    private const int WrongLook = 5;
    private const int WrongBackground = 5;
    private const int WrongPlace = 4;

    /// <param name="asked">What was asked for.</param>
    /// <param name="seen">What is there.</param>
    public static Verdict Of(T2iTask asked, Scene seen)
    {
        var faults = All(asked, seen).OrderByDescending(x => x.Weight).ToList();
        if (faults.Count == 0 && asked.Relation is { } relation && !Scores.T2i(asked, seen))
        {
            var (first, second) = (Name(asked.Scene.Objects[relation.First]), Name(asked.Scene.Objects[relation.Second]));
            faults.Add((WrongPlace, $"{first} should be {Words.Of(relation.Direction)[0]} {second}", null));
        }

        return faults.Count == 0
            ? new Verdict { Score = Verdict.MaxScore, Words = "The picture matches." }
            : new Verdict
            {
                Score = Math.Max(0, Verdict.MaxScore - faults.Sum(x => x.Weight)),
                Words = string.Join(' ', faults.Select(x => Words.Sentence(x.Sentence))),
                Repair = faults[0].Repair,
            };
    }

    private static IEnumerable<(int Weight, string Sentence, string? Repair)> All(T2iTask asked, Scene seen)
    {
        var (wanted, left) = (asked.Scene.Objects.ToList(), seen.Objects.ToList());
        // The most alike go together first.
        for (var likeness = 4; likeness >= 0; likeness--)
        {
            foreach (var want in wanted.ToList())
            {
                if (left.FindIndex(x => Likeness(want, x, asked.NamesPositions) >= likeness) is >= 0 and var index)
                {
                    foreach (var fault in Differences(want, left[index], asked.NamesPositions))
                    {
                        yield return fault;
                    }

                    wanted.Remove(want);
                    left.RemoveAt(index);
                }
            }
        }

        foreach (var missing in wanted)
        {
            var cell = asked.NamesPositions ? missing.Cell : seen.FreeCells().FirstOrDefault(Grid.Centre);
            yield return (WrongObject, $"{Name(missing)} is missing", $"add {Phrases.Exact(missing)} {Words.Position(cell)[0]}");
        }

        foreach (var extra in left)
        {
            yield return (WrongObject, $"{Name(extra)} should not be there", $"remove {Name(extra)}");
        }

        if (asked.NamesBackground && asked.Scene.Background != seen.Background)
        {
            var (wish, is_) = (Words.Bare(asked.Scene.Background), Words.Bare(seen.Background));
            yield return (WrongBackground, $"the background should be {wish}, not {is_}", $"change the background to {wish}");
        }
    }

    private static IEnumerable<(int Weight, string Sentence, string? Repair)> Differences(SceneObject want, SceneObject is_, bool namesPlaces)
    {
        if (want.Shape != is_.Shape && want.Colour != is_.Colour)
        {
            var other = Words.Article(Phrases.Join(Words.Of(want.Pattern)[0], Words.Of(want.Colour), Words.Of(want.Shape)));
            yield return (WrongObject, $"{Name(is_)} should be {other}", $"replace {Name(is_)} with {other}");
            yield break;
        }

        if (want.Shape != is_.Shape)
        {
            var noun = Words.Article(Words.Of(want.Shape));
            yield return (WrongLook, $"{Name(is_)} should be {noun}", $"turn {Name(is_)} into {noun}");
        }

        if (want.Colour != is_.Colour)
        {
            yield return (WrongLook, $"{Name(is_)} should be {Words.Of(want.Colour)}", $"make {Name(is_)} {Words.Of(want.Colour)}");
        }

        if (want.Pattern != is_.Pattern)
        {
            var pattern = want.Pattern == Pattern.Plain ? "plain" : Words.Of(want.Pattern)[0];
            yield return (WrongLook, $"{Name(is_)} should be {pattern}", $"make {Name(is_)} {pattern}");
        }

        if (namesPlaces && want.Cell != is_.Cell)
        {
            yield return (WrongPlace, $"{Name(is_)} should be {Words.Position(want.Cell)[0]}, not {Words.Position(is_.Cell)[0]}", $"move {Name(is_)} to the {Words.Goal(want.Cell)[0]}");
        }
    }

    private static int Likeness(SceneObject one, SceneObject other, bool namesPlaces) =>
        (one.Shape == other.Shape ? 1 : 0) + (one.Colour == other.Colour ? 1 : 0) + (one.Pattern == other.Pattern ? 1 : 0) + (!namesPlaces || one.Cell == other.Cell ? 1 : 0);

    private static string Name(SceneObject of) => $"the {Words.Of(of.Colour)} {Words.Of(of.Shape)}";
}
