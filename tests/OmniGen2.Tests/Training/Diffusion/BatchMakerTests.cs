using OmniGen2.Training.Diffusion;
using OmniGen2.Training.Shapes;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Training.Diffusion;

public sealed class BatchMakerTests : IDisposable
{
    private const int Batches = 12;

    private readonly TinyDiffusion _tiny = new();

    private readonly DisposeScope _scope = torch.NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _tiny.Dispose();
    }

    [Fact]
    public void A_batch_is_the_same_from_any_thread_in_any_order_and_after_its_shards_were_made_again()
    {
        var once = Load("once", Enumerable.Range(0, Batches));
        var again = Load("again", Enumerable.Range(0, Batches).Reverse());
        Assert.All(once.Zip(again), pair => Assert.Equal(pair.First, pair.Second));
        Assert.Equal(Batches, once.Distinct().Count());
    }

    [Fact]
    public void Samples_of_a_batch_have_one_task_and_one_length_of_text()
    {
        var (frozen, pool) = _tiny.Pool("shapes");
        using (frozen)
        using (pool)
        {
            var maker = new BatchMaker(_tiny.Config, pool);
            foreach (var index in Enumerable.Range(0, Batches))
            {
                using var batch = maker.Load(index);
                var count = batch.Samples.Count;
                Assert.Equal([count, 16, 16, 16], batch.Point.X.shape);
                Assert.True(batch.Text.shape[0] == count || batch.Text.shape[0] == 1);
                Assert.All(batch.References, reference => Assert.Equal([count, 16, 16, 16], reference.shape));
                Assert.True(batch.Task != DiffusionTaskKind.T2i || batch.References.Count == 0);
                if (batch.Weights is { } weights)
                {
                    Assert.True(torch.allclose(weights.mean([1, 2, 3]), torch.ones(count), atol: 1e-5));
                    Assert.True(weights.max().item<float>() > 1);
                }
            }
        }
    }

    [Fact]
    public void Labels_come_for_every_picture_of_a_batch_that_has_a_prompt()
    {
        _tiny.Settings["scene_weight"] = 0.1;
        var (frozen, pool) = _tiny.Pool("labels");
        using (frozen)
        using (pool)
        {
            var maker = new BatchMaker(_tiny.Config, pool);
            var labelled = 0;
            foreach (var index in Enumerable.Range(0, Batches))
            {
                using var batch = maker.Load(index);
                Assert.Equal(batch.Labels is null, batch.Text.shape[0] == 1 && batch.Samples.Count > 1);
                if (batch.Labels is { } labels)
                {
                    labelled++;
                    Assert.Equal([batch.Samples.Count, 64, DenseLabels.Classes.Length], labels.Target.shape);
                    Assert.Equal(batch.References.Count, labels.References.Count);
                    Assert.True(labels.Target.select(2, 0).gt(0).any().item<bool>());
                }
            }

            Assert.True(labelled > 0);
        }
    }

    [Fact]
    public void The_window_moves_on_and_what_lies_behind_it_goes()
    {
        Load("moving", Enumerable.Range(0, Batches));
        Load("late", [Batches - 1]);
        Assert.Equal(["shard-00001.safetensors", "shard-00002.safetensors"], Directory.GetFiles(_tiny.Out("late")).Select(Path.GetFileName).Order());
        Assert.Contains("shard-00002.safetensors", Directory.GetFiles(_tiny.Out("moving")).Select(Path.GetFileName));
    }

    /// <summary>All numbers of the batches, as text, in the order of their indices.</summary>
    private string[] Load(string name, IEnumerable<int> order)
    {
        var (frozen, pool) = _tiny.Pool(name);
        using (frozen)
        using (pool)
        {
            var maker = new BatchMaker(_tiny.Config, pool);
            var result = new string[Batches];
            Parallel.ForEach(order, new ParallelOptions { MaxDegreeOfParallelism = 4 }, index =>
            {
                using var batch = maker.Load(index);
                Tensor[] all = [batch.Point.X, batch.Point.T, batch.Point.Velocity, batch.Text, .. batch.References];
                result[index] = string.Join(' ', batch.Samples) + string.Concat(all.Select(Digest));
            });
            return result;
        }
    }

    private static string Digest(Tensor tensor) => $" {string.Join('x', tensor.shape)}:{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(tensor.contiguous().bytes))}";
}
