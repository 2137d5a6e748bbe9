using OmniGen2.Evaluation;
using OmniGen2.Evaluation.Shapes;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Tests.Shapes;

public sealed class ScoresTests
{
    private static readonly SceneObject Star = new(Shape.Star, Colour.Red, Pattern.Plain, ObjectSize.Medium, 21, 21);
    private static readonly SceneObject Ring = new(Shape.Ring, Colour.Blue, Pattern.Striped, ObjectSize.Large, 64, 64);
    private static readonly Scene Both = new(Background.Meadow, [Star, Ring]);

    private static readonly EvaluationTasks Tasks = new(SceneRandom.FirstEvaluationSeed, new WorldOptions());

    [Fact]
    public void Drawn_targets_read_back_score_fully()
    {
        for (var index = 0; index < 48; index++)
        {
            var (t2i, edit, compose) = (Tasks.T2i(index), Tasks.Edit(index), Tasks.Compose(index));
            Assert.True(Scores.T2i(t2i, Detector.Read(ScenePainter.Paint(t2i.Scene))), t2i.Prompt);
            Assert.True(Scores.Edit(edit, Detector.Read(ScenePainter.Paint(edit.Target))), edit.Instruction);
            Assert.True(Scores.Compose(compose, Detector.Read(ScenePainter.Paint(compose.Target))), compose.Instruction);
        }
    }

    [Fact]
    public void Unchanged_source_of_an_edit_scores_nothing_unless_only_the_size_was_to_change()
    {
        for (var index = 0; index < 80; index++)
        {
            var edit = Tasks.Edit(index);
            Assert.Equal(edit.Kind == EditKind.Resize, Scores.Edit(edit, edit.Source));
        }
    }

    [Fact]
    public void What_the_prompt_leaves_open_is_free_and_what_it_names_is_not()
    {
        var open = new T2iTask("a red star and a striped blue ring", Both);
        var moved = new Scene(Background.Sea, [Ring with { X = 107 }, Star with { Size = ObjectSize.Small }]);
        Assert.True(Scores.T2i(open, moved));
        Assert.False(Scores.T2i(open with { NamesBackground = true }, moved));
        Assert.False(Scores.T2i(open with { NamesPositions = true }, moved));
        Assert.True(Scores.T2i(open with { NamesPositions = true, NamesBackground = true }, Both));
    }

    [Fact]
    public void Missing_additional_or_altered_objects_fail_the_picture()
    {
        var task = new T2iTask("a red star and a striped blue ring", Both);
        Assert.False(Scores.T2i(task, Both.Without(0)));
        Assert.False(Scores.T2i(task, Both.With(Star with { X = 107 })));
        Assert.False(Scores.T2i(task, Both.Replace(0, Star with { Colour = Colour.Green })));
        Assert.False(Scores.T2i(task, Both.Replace(0, Star with { Shape = Shape.Heart })));
        Assert.False(Scores.T2i(task, Both.Replace(1, Ring with { Pattern = Pattern.Plain })));
        Assert.False(Scores.T2i(task, Both.Replace(1, Star with { X = 64 })));
    }

    [Theory]
    [InlineData(56, true)]
    [InlineData(57, false)]
    public void Relation_holds_from_eight_pixels_on(int x, bool holds)
    {
        var task = new T2iTask("a red star left of a striped blue ring", Both) { Relation = new Relation(0, Direction.LeftOf, 1) };
        Assert.Equal(holds, Scores.T2i(task, Both.Replace(0, Star with { X = x })));
    }

    [Fact]
    public void Half_of_the_objects_found_is_half_a_point()
    {
        Assert.Equal(0.5, Scores.ObjectsFound(Both, new Scene(Background.Sea, [Star with { X = 99 }])));
        Assert.Equal(0.5, Scores.ObjectsFound(new Scene(Background.Sea, [Star, Star]), Both));
    }

    [Fact]
    public void Answers_count_letter_by_letter_and_verdicts_by_their_score()
    {
        var question = Tasks.Question(0);
        Assert.True(Scores.Answer(question, $" {question.Answer}\n"));
        Assert.False(Scores.Answer(question, question.Answer.ToUpperInvariant()));
        for (var index = 0; index < 20; index++)
        {
            var judge = Tasks.Judge(index);
            Assert.True(Scores.Verdict(judge, judge.Answer));
            Assert.Equal(index % 2 == 0, Scores.Verdict(judge, "Score 25. The picture matches."));
            Assert.False(Scores.Verdict(judge, "I like it."));
        }
    }

    [Fact]
    public void Background_psnr_sees_what_was_to_stay_and_nothing_else()
    {
        var edit = new EditTask(EditKind.Recolour, "make the star green", Both, Both.Replace(0, Star with { Colour = Colour.Green }));
        Assert.Equal(Psnr.Most, BackgroundPsnr.Of(edit, ScenePainter.Paint(edit.Target)));
        Assert.Equal(Psnr.Most, BackgroundPsnr.Of(edit, ScenePainter.Paint(edit.Source)));
        var brighter = ScenePainter.Paint(edit.Target);
        for (var value = 0; value < brighter.Pixels.Length; value++)
        {
            brighter.Pixels[value] += (byte)(brighter.Pixels[value] < 128 ? 16 : -16);
        }

        Assert.Equal(20 * Math.Log10(255 / 16.0), BackgroundPsnr.Of(edit, brighter)!.Value, 6);
        Assert.Null(BackgroundPsnr.Of(edit with { Kind = EditKind.Background }, brighter));
    }

    [Fact]
    public void Tasks_take_turns_and_never_use_a_seed_of_training()
    {
        Assert.Equal([1, 2, 3, 4, 1], Enumerable.Range(0, 5).Select(index => Tasks.T2i(index).Scene.Objects.Length));
        Assert.Equal(8, Enumerable.Range(0, 8).Select(index => Tasks.Edit(index).Kind).Distinct().Count());
        Assert.Equal(6, new EvaluationTasks(900_000, new WorldOptions { MaxObjects = 1, Patterns = [Pattern.Plain] }) is var narrow
            ? Enumerable.Range(0, 8).Select(index => narrow.Edit(index).Kind).Distinct().Count()
            : 0);
        Assert.Throws<ModelException>(() => new EvaluationTasks(5, new WorldOptions()));
    }
}
