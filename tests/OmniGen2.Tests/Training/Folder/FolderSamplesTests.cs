using OmniGen2.Training.Folder;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Tests.Training.Folder;

public sealed class FolderSamplesTests
{
    [Fact]
    public void Batches_are_of_one_bucket_and_the_same_for_the_same_numbers()
    {
        var samples = Split(Lists((10, null, 128), (20, null, 256))).Trained;
        for (var index = 0; index < 50; index++)
        {
            var batch = samples.Draw(Random(index), 8, _ => true);
            Assert.Single(batch.Select(sample => sample.Bucket).Distinct());
            Assert.Equal(8, batch.Distinct().Count());
            Assert.Equal(batch, samples.Draw(Random(index), 8, _ => true));
        }
    }

    [Theory]
    [InlineData(null, null, 0.25)]  // by number of samples
    [InlineData(3.0, 1.0, 0.75)]
    [InlineData(0.1, 0.1, 0.5)]
    public void Lists_are_drawn_by_their_shares(double? first, double? second, double expected)
    {
        var samples = Split(Lists((10, first, 128), (30, second, 128))).Trained;
        var drawn = Enumerable.Range(0, 2000).Select(index => samples.Draw(Random(index), 1, _ => true).Single().Number < 10).ToList();
        Assert.InRange(drawn.Count(isFirst => isFirst) / 2000.0, expected - 0.04, expected + 0.04);
    }

    [Fact]
    public void Small_bucket_repeats_its_samples_and_bad_ones_are_passed_over()
    {
        var samples = Split(Lists((3, null, 128))).Trained;
        Assert.Equal(3, samples.Draw(Random(0), 8, _ => true).Distinct().Count());
        Assert.All(samples.Draw(Random(0), 8, sample => sample.Number == 1), sample => Assert.Equal(1, sample.Number));
        Assert.Contains("None of the 3 samples", Assert.Throws<ModelException>(() => samples.Draw(Random(0), 8, _ => false)).Message);
    }

    [Fact]
    public void Held_out_samples_are_never_drawn()
    {
        var (trained, heldOut) = Split(Lists((10, null, 128)), 4);
        Assert.Equal((6, 4), (trained.Count, heldOut.Count));
        var drawn = Enumerable.Range(0, 100).SelectMany(index => trained.Draw(Random(index), 4, _ => true)).ToHashSet();
        Assert.Equal(6, drawn.Count);
        Assert.Empty(drawn.Intersect(heldOut));
        Assert.Contains("data.held_out = 10 leaves nothing", Assert.Throws<ModelException>(() => Split(Lists((10, null, 128)), 10)).Message);
    }

    private static (FolderSamples Trained, IReadOnlyList<FolderSample> HeldOut) Split(IReadOnlyList<(FolderList, IReadOnlyList<FolderSample>)> lists, int heldOut = 0) =>
        FolderSamples.Split(lists, heldOut, Random(0));

    private static SceneRandom Random(long index) => SceneRandom.ForTraining(1, index);

    private static List<(FolderList, IReadOnlyList<FolderSample>)> Lists(params (int Count, double? Share, int Side)[] lists)
    {
        var number = 0L;
        return [.. lists.Select((list, i) => (
            new FolderList { Path = $"{i}.jsonl", Share = list.Share },
            (IReadOnlyList<FolderSample>)[.. Enumerable.Range(0, list.Count).Select(_ => Sample(number++, list.Side))]))];
    }

    private static FolderSample Sample(long number, int side) =>
        new(number, new FolderRecord($"line {number}", "", "p", [], "a.png"), new FolderBucket([new PictureSize(side, side)]));
}
