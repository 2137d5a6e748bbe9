using System.Text.Json.Nodes;
using OmniGen2.Training.Diffusion;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Training.Diffusion;

public sealed class SceneHeadsTests : IDisposable
{
    private readonly TinyDiffusion _tiny = new();

    public void Dispose() => _tiny.Dispose();

    [Fact]
    public void They_learn_what_pictures_show_and_teach_the_layers_before_them()
    {
        _tiny.Settings["scene_weight"] = 1;
        _tiny.Settings["optimizer"] = JsonNode.Parse("""{ "kind": "adam_w", "learning_rate": 0.05 }""");
        _tiny.Settings["dropping"] = JsonNode.Parse("""{ "prompt": 0, "references": 0 }""");
        _tiny.Settings["tasks"]!["t2i"]!["share"] = 0;
        _tiny.Settings["tasks"]!["compose"]!["share"] = 0;
        var (frozen, pool) = _tiny.Pool("heads");
        using (frozen)
        using (pool)
        using (NewDisposeScope())
        {
            var config = _tiny.Config;
            using var transformer = new TrainedTransformer(config, CheckpointFolder.Open(config.Model), CPU, Directory.CreateDirectory(_tiny.Out("model")).FullName);
            using var optimizer = config.Optimizer.Create(transformer.Parameters, TrainedTransformer.IsHidden)[0];
            var (heads, model) = (transformer.Heads!, transformer.Model);
            using var batch = new BatchMaker(config, pool).Load(0);
            var first = Step();
            Assert.All(Gradients("heads."), gradient => Assert.True(gradient > 0));

            // They begin at zero: what they say of the first batch moves nothing before them, what they say of the next does.
            Assert.InRange(Enumerable.Range(0, 60).Select(_ => Step()).Last(), 0, 0.7 * first);
            Assert.Contains(Gradients("x_embedder."), gradient => gradient > 0);
            Assert.Contains(Gradients("ref_image_patch_embedder."), gradient => gradient > 0);

            double Step()
            {
                optimizer.ZeroGradients();
                using var scope = NewDisposeScope();
                var loss = heads.Forward(model, batch, batch.Labels!).Loss.mean();
                loss.backward();
                optimizer.Step(1);
                return loss.item<float>();
            }

            IEnumerable<double> Gradients(string prefix) =>
                transformer.Parameters.Where(p => p.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(p => (double)p.Value.grad!.abs().sum().item<float>());
        }
    }
}
