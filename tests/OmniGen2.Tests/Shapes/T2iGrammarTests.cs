using System.Text.RegularExpressions;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Tests.Shapes;

public sealed class T2iGrammarTests
{
    private const string Opener =
        "(?:a picture of|an image of|a drawing of|draw|show me|create|generate|paint|please draw|make a picture of|generate an image of|i want to see|can you draw) ";

    private const string Between =
        "(?:, | and | (?<relation>left of|to the left of|on the left of|right of|to the right of|on the right of|above|over|on top of|below|under|beneath) )";

    private const string Noun = $"(?<noun>{WordReader.NounWords}(?: (?<position>{WordReader.PositionWords}))?)";

    private const string Whole =
        $"^(?:(?<place>{WordReader.PlaceWords}), )?(?:{Opener})?{Noun}(?:{Between}{Noun})*(?: (?<place>{WordReader.PlaceWords}))?$";

    private static readonly Grammar Grammar = new(new WorldOptions());

    [Fact]
    public void Prompts_read_back_as_the_scene_they_describe()
    {
        for (var index = 0; index < 2000; index++)
        {
            var task = Grammar.T2i(SceneRandom.ForTraining(11, index));
            var read = Regex.Match(WordReader.Clean(task.Prompt), Whole);
            Assert.True(read.Success, task.Prompt);
            Assert.Equal(task.NamesBackground, read.Groups["place"].Success);
            Assert.True(!task.NamesBackground || WordReader.Place(read.Groups["place"].Value) == task.Scene.Background, task.Prompt);
            var left = task.Scene.Objects.ToList();
            foreach (var noun in read.Groups["noun"].Captures.Select(each => each.Value))
            {
                Take(left, noun, task);
            }

            Assert.Empty(left);
            AssertRelation(task, read);
        }
    }

    [Fact]
    public void In_an_arranged_world_a_prompt_without_places_has_one_layout_and_all_else_stays()
    {
        var arranged = new Grammar(new WorldOptions { Arranged = true });
        var centres = new HashSet<string>();
        for (var index = 0; index < 1000; index++)
        {
            var (free, ordered) = (Grammar.T2i(SceneRandom.ForTraining(13, index)), arranged.T2i(SceneRandom.ForTraining(13, index)));
            Assert.Equal(free.Prompt, ordered.Prompt);
            if (free.NamesPositions)
            {
                Assert.Equal(free.Scene, ordered.Scene);
                continue;
            }

            Assert.Equal(free.Scene.Objects.Select(Look), ordered.Scene.Objects.Select(Look));
            Assert.True(ordered.Relation is not { } said || Relation.Holds(ordered.Scene.Objects[said.First], said.Direction, ordered.Scene.Objects[said.Second]));
            centres.Add(string.Join(' ', ordered.Scene.Objects.Select(each => (each.X, each.Y)).Order()));
        }

        // One, two beside or above each other, three, four.
        Assert.Equal(5, centres.Count);

        static (Shape, Colour, Pattern, ObjectSize) Look(SceneObject it) => (it.Shape, it.Colour, it.Pattern, it.Size);
    }

    [Fact]
    public void Prompts_come_in_thousands_of_forms_and_hundreds_of_words()
    {
        var prompts = Enumerable.Range(0, 5000).Select(index => Grammar.T2i(SceneRandom.ForTraining(12, index)).Prompt).ToArray();
        Assert.InRange(prompts.Distinct().Count(), 4800, 5000);
        Assert.InRange(prompts.Count(prompt => prompt.EndsWith('.')), 600, 900);
    }

    private static void Take(List<SceneObject> left, string noun, T2iTask task)
    {
        var words = Regex.Match(noun, $"^{Noun}$").Groups;
        var count = words["article"].Value switch { "two" => 2, "three" => 3, "four" => 4, _ => 1 };
        Assert.Equal(task.NamesPositions, words["position"].Success);
        for (var each = 0; each < count; each++)
        {
            Assert.True(left.Remove(left.Find(it => Matches(it, words))), $"{noun} of: {task.Prompt}");
        }
    }

    private static bool Matches(SceneObject it, GroupCollection words) =>
        it.Shape == WordReader.Shape(words["shape"].Value)
        && it.Colour == WordReader.Colour(words["colour"].Value)
        && it.Pattern == WordReader.Pattern(words["pattern"].Value)
        && (WordReader.Size(words["size"].Value) ?? it.Size) == it.Size
        && (!words["position"].Success || it.Cell == WordReader.Cell(words["position"].Value));

    private static void AssertRelation(T2iTask task, Match read)
    {
        Assert.Equal(task.Relation is not null, read.Groups["relation"].Success);
        if (task.Relation is { } relation)
        {
            var (first, second) = (task.Scene.Objects[relation.First], task.Scene.Objects[relation.Second]);
            var nouns = read.Groups["noun"].Captures;
            Assert.EndsWith($"{first.Colour} {first.Shape}", nouns[0].Value, StringComparison.OrdinalIgnoreCase);
            Assert.True(Said(read.Groups["relation"].Value, first, second), task.Prompt);
            Assert.True(Relation.Holds(first, relation.Direction, second), task.Prompt);
        }
    }

    private static bool Said(string words, SceneObject first, SceneObject second) => words switch
    {
        "left of" or "to the left of" or "on the left of" => first.X + 8 <= second.X,
        "right of" or "to the right of" or "on the right of" => first.X - 8 >= second.X,
        "above" or "over" or "on top of" => first.Y + 8 <= second.Y,
        _ => first.Y - 8 >= second.Y,
    };
}
