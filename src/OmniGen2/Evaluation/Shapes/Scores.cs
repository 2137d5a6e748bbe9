using System.Globalization;
using System.Text.RegularExpressions;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Evaluation.Shapes;

/// <summary>Strict success: the whole picture is right or it is not. The size of an object is never scored.</summary>
public static partial class Scores
{
    /// <summary>Everything the prompt says is so, and nothing is there that it does not name.</summary>
    public static bool T2i(T2iTask task, Scene seen) =>
        (task.NamesPositions ? Match(task.Scene, seen, Placed) : Match(task.Scene, seen, Look))
        && (!task.NamesBackground || seen.Background == task.Scene.Background)
        && (task.Relation is not { } relation || Holds(task.Scene, relation, seen));

    /// <summary>Exactly the asked change.</summary>
    public static bool Edit(EditTask task, Scene seen) => Whole(task.Target, seen);

    public static bool Compose(ComposeTask task, Scene seen) => Whole(task.Target, seen);

    /// <summary>The same background, and the same objects in the same cells.</summary>
    public static bool Whole(Scene target, Scene seen) => target.Background == seen.Background && Match(target, seen, Placed);

    /// <summary>The answer, letter by letter; only blanks around it are forgiven.</summary>
    public static bool Answer(QuestionTask task, string answer) => answer.Trim() == task.Answer;

    /// <summary>Whether a full score is given to a picture that matches, and only to it; a text without a score is wrong.</summary>
    public static bool Verdict(JudgeTask task, string answer)
    {
        const int full = 25;
        var score = ScoreIn().Match(answer);
        return score.Success && (int.Parse(score.Groups[1].ValueSpan, CultureInfo.InvariantCulture) == full) == (task.Fault == JudgeFault.None);
    }

    /// <summary>Whether the words after the score are the right ones: the fault by its name.</summary>
    public static bool NamesFault(JudgeTask task, string answer) => AfterScore(answer) == AfterScore(task.Answer);

    /// <summary>A softer measure: the share of the wanted objects that are anywhere in the picture, 0 to 1.</summary>
    public static double ObjectsFound(Scene wanted, Scene seen)
    {
        var left = seen.Objects.Select(Look).ToList();
        return wanted.Objects.Length == 0 ? 1 : wanted.Objects.Count(each => left.Remove(Look(each))) / (double)wanted.Objects.Length;
    }

    /// <summary>Whether the objects of both scenes can be paired off so that none is left.</summary>
    private static bool Match<TKey>(Scene wanted, Scene seen, Func<SceneObject, TKey> key)
        where TKey : IComparable<TKey> =>
        wanted.Objects.Select(key).Order().SequenceEqual(seen.Objects.Select(key).Order());

    private static bool Holds(Scene asked, Relation relation, Scene seen) =>
        Relation.Holds(Same(asked.Objects[relation.First], seen), relation.Direction, Same(asked.Objects[relation.Second], seen));

    private static SceneObject Same(SceneObject asked, Scene seen) => seen.Objects.First(each => Look(each).Equals(Look(asked)));

    private static (Shape Shape, Colour Colour, Pattern Pattern) Look(SceneObject it) => (it.Shape, it.Colour, it.Pattern);

    private static (Shape Shape, Colour Colour, Pattern Pattern, int Cell) Placed(SceneObject it) => (it.Shape, it.Colour, it.Pattern, it.Cell);

    private static string AfterScore(string answer) => answer[(answer.IndexOf('.') + 1)..].Trim();

    [GeneratedRegex(@"^\s*Score (\d{1,2})\b", RegexOptions.CultureInvariant)]
    private static partial Regex ScoreIn();
}
