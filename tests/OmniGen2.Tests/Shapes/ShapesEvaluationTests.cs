using OmniGen2.Evaluation;
using OmniGen2.Evaluation.Shapes;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Tests.Shapes;

public sealed class ShapesEvaluationTests
{
    private const long Seed = SceneRandom.FirstEvaluationSeed;

    // Every kind of every ability comes up at least once.
    private const int Count = 20;

    private static readonly WorldOptions World = new() { Jitter = false };

    private static readonly EvaluationTasks Tasks = new(Seed, World);

    public static TheoryData<ShapesAbility> Abilities => [.. Enum.GetValues<ShapesAbility>()];

    [Theory]
    [MemberData(nameof(Abilities))]
    public void Perfect_pictures_and_answers_score_fully(ShapesAbility ability)
    {
        var score = Score(ability, new KnowingPipeline(Tasks, Count));
        Assert.Equal((Count, 1), (score.Count, score.Right));
        Assert.All(score.ByKind, kind => Assert.Equal(1, kind.Right));
        if (ability is not (ShapesAbility.Vqa or ShapesAbility.Judge))
        {
            Assert.Equal((1.0, 1.0, 1.0), (score.BackgroundRight, score.CountRight, score.ObjectsFound));
            Assert.NotNull(score.Seconds);
        }
    }

    [Fact]
    public void One_object_too_many_fails_every_picture_but_not_the_softer_figures()
    {
        var crowd = new KnowingPipeline(Tasks, Count) { Drawn = scene => scene.With(new SceneObject(Shape.Star, Colour.Red, Pattern.Plain, ObjectSize.Small, FreeX(scene), FreeY(scene))) };
        var score = Score(ShapesAbility.Compose, crowd);
        Assert.Equal((0, 0.0, 1.0, 1.0), (score.Right, score.CountRight, score.BackgroundRight, score.ObjectsFound));
    }

    [Fact]
    public void Unchanged_sources_keep_their_background_and_are_no_edits()
    {
        var sources = Enumerable.Range(0, Count).Select(Tasks.Edit).DistinctBy(task => task.Target).ToDictionary(task => task.Target, task => task.Source);
        var score = Score(ShapesAbility.Edit, new KnowingPipeline(Tasks, Count) { Drawn = target => sources[target] });
        Assert.InRange(score.MeanPsnr!.Value, 60, Psnr.Most);
        Assert.Equal(score.ByKind.Where(kind => kind.Kind != "resize").Select(_ => 0.0), score.ByKind.Where(kind => kind.Kind != "resize").Select(kind => kind.Right));
    }

    [Fact]
    public void Verdict_and_name_of_the_fault_are_told_apart()
    {
        var vague = Score(ShapesAbility.Judge, new KnowingPipeline(Tasks, Count) { Said = answer => answer.StartsWith("Score 25", StringComparison.Ordinal) ? answer : "Score 15. Something is wrong." });
        Assert.Equal((1.0, 0.0), (vague.Right, vague.FaultNamed));
        var kind = Score(ShapesAbility.Judge, new KnowingPipeline(Tasks, Count) { Said = _ => "Score 25. The picture matches." });
        Assert.Equal((0.5, 0.0), (kind.Right, kind.FaultNamed));
        Assert.Equal(["none", "colour", "shape", "background", "position", "missing"], kind.ByKind.Select(each => each.Kind));
        Assert.Equal([1, 0, 0, 0, 0, 0], kind.ByKind.Select(each => each.Right));
    }

    [Fact]
    public void Requests_are_the_checkpoints_own_with_a_seed_for_every_task()
    {
        var pipeline = new KnowingPipeline(Tasks, Count);
        Score(ShapesAbility.T2i, pipeline);
        Score(ShapesAbility.Chat, pipeline);
        Score(ShapesAbility.Edit, pipeline);
        Assert.Equal(Enumerable.Range(0, Count).Select(index => Seed + index), pipeline.Requests.Take(Count).Select(request => request.Seed));
        Assert.All(pipeline.Requests, request => Assert.Equal((128, 128, 7), (request.Width, request.Height, request.Steps)));
        Assert.All(pipeline.Requests, request => Assert.Equal(request.Images.Count == 0 ? 4 : 3, request.TextGuidance));
        Assert.Equal([false, true, false], pipeline.Requests.Chunk(Count).Select(each => each[0].FromChat));
    }

    [Fact]
    public void Training_seed_is_refused() =>
        Assert.Contains("Seed 905 is not for evaluation", Assert.Throws<ModelException>(() => Evaluation(new KnowingPipeline(Tasks, 1), 905)).Message);

    private static ShapesEvaluation Evaluation(KnowingPipeline pipeline, long seed) => new(pipeline, picture => picture, World, seed, steps: 7);

    private static AbilityScore Score(ShapesAbility ability, KnowingPipeline pipeline)
    {
        var score = new AbilityScore(ability);
        foreach (var result in Evaluation(pipeline, Seed).Run(ability, Count))
        {
            Assert.NotEmpty(result.Row!.Pictures);
            score.Add(result);
        }

        return score;
    }

    private static int FreeX(Scene scene) => Grid.CentreOf(scene.FreeCells()[0]).X;

    private static int FreeY(Scene scene) => Grid.CentreOf(scene.FreeCells()[0]).Y;
}
