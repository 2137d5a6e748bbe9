using OmniGen2.Models.Vae;
using OmniGen2.Training;
using OmniGen2.Training.Optimizers;
using OmniGen2.Training.Vae;
using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Training.Vae;

public sealed class VaeTaskTests : IDisposable
{
    private static readonly VaeConfig Sizes = new() { LatentChannels = 8, BlockChannels = [16, 16, 24, 24], LayersPerBlock = 1, NormGroups = 8 };

    private readonly FreshSource _weights = new(3);

    private readonly DisposeScope _scope = torch.NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _weights.Dispose();
    }

    [Fact]
    public void A_batch_is_learnt_by_heart()
    {
        var config = Config(VaePart.All);
        var task = new VaeTask(new AutoencoderKL(_weights.Root, Sizes), _weights.Parameters, config, CPU);
        using var batch = task.Load(0);
        var optimizers = new OptimizerSettings { LearningRate = 0.01 }.Create(task.Parameters, VaeTask.IsHidden);
        var losses = new List<double>();
        for (var step = 0; step < 250 && (step == 0 || losses[^1] > 0.1 * losses[0]); step++)
        {
            using var scope = torch.NewDisposeScope();
            var loss = task.Loss(batch).mean();
            losses.Add(loss.item<float>());
            loss.backward();
            foreach (var optimizer in optimizers)
            {
                optimizer.Step();
                optimizer.ZeroGradients();
            }
        }

        foreach (var optimizer in optimizers)
        {
            optimizer.Dispose();
        }

        Assert.True(losses[^1] <= 0.1 * losses[0], $"The loss went from {losses[0]} to {losses[^1]} in {losses.Count} steps.");
    }

    [Fact]
    public void Disturbed_latents_are_decoded_worse()
    {
        var vae = new AutoencoderKL(_weights.Root, Sizes);
        var exact = new VaeTask(vae, _weights.Parameters, Config(VaePart.Decoder), CPU);
        var disturbed = new VaeTask(vae, _weights.Parameters, Config(VaePart.Decoder) with { Data = new VaeData { CropSize = 32, Batch = 2, NoiseShare = 1, Noise = 4 } }, CPU);
        using var batch = disturbed.Load(0);
        using var same = batch with { Disturbance = zeros_like(batch.Disturbance) };
        Assert.NotEqual(exact.Loss(batch).Floats(), exact.Loss(same).Floats());
        Assert.Equal(exact.Loss(batch).Floats(), disturbed.Loss(batch).Floats());
    }

    [Fact]
    public void Matrices_inside_go_to_Muon_and_the_ends_to_AdamW()
    {
        _ = new AutoencoderKL(_weights.Root, Sizes);
        var optimizers = new OptimizerSettings().Create(_weights.Parameters, VaeTask.IsHidden);
        var ends = new[] { "encoder.conv_in.weight", "encoder.conv_out.weight", "decoder.conv_in.weight", "decoder.conv_out.weight" };
        var muon = Assert.IsType<Muon>(optimizers[0]).Groups.SelectMany(g => g.Parameters.Keys).ToList();
        var others = Assert.IsType<AdamW>(optimizers[1]).Groups.SelectMany(g => g.Parameters.Keys).ToList();
        Assert.Equal(ends.Order(), others.Where(n => _weights.Parameters[n].dim() > 1).Order());
        Assert.Contains("decoder.mid_block.attentions.0.to_q.weight", muon);
        Assert.Equal(_weights.Parameters.Keys.Order(), muon.Concat(others).Order());
    }

    private static VaeTrainingConfig Config(VaePart part) => new()
    {
        Model = "unused",
        Part = part,
        Data = new VaeData { CropSize = 32, Batch = 2 },
        Training = new TrainingSettings { Steps = 1 },
    };
}
