using OmniGen2.Models.Diffusion;
using OmniGen2.Models.Language;
using OmniGen2.Models.Vae;
using OmniGen2.Tests.Diffusion;
using OmniGen2.Weights;
using OmniGen2.Weights.Staging;
using TorchSharp;
using static OmniGen2.Tests.Weights.Staging.StagedModel;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Weights.Staging;

/// <summary>What staged weights take, and who is told when it is too much.</summary>
[Collection(nameof(TensorCounting))]
public sealed class StagedMemoryTests
{
    [Theory]
    [InlineData(Residency.All)]
    [InlineData(Residency.Model)]
    [InlineData(Residency.Streamed)]
    public void Disposed_model_leaves_nothing(Residency mode)
    {
        var before = Accelerator.LiveTensors;
        using (var staged = Load(mode, new LateCopies(7)))
        {
            Work(staged);
        }

        Assert.Equal(before, Accelerator.LiveTensors);
    }

    [Fact]
    public void Walk_that_is_left_in_the_middle_leaves_the_ring_free_and_nothing_behind()
    {
        using var stager = Stager(new LateCopies(8), ScalarType.BFloat16);
        using var scope = NewDisposeScope();
        using var source = Open(stager);
        var model = source.Build(w => new OmniGen2Transformer(TinyTransformer.Config, w));
        source.Streams = true;
        source.Enter();
        var golden = new GoldenCase("lora/case2_one_ref_lora.safetensors");
        Forward(null);
        var before = Accelerator.LiveTensors;
        Assert.Throws<OperationCanceledException>(() => Forward((name, _) => Assert.NotNull(name == "joint_layer_0" ? throw new OperationCanceledException() : name)));
        Assert.Equal(before, Accelerator.LiveTensors);
        Forward(null);

        void Forward(Action<string, Tensor>? record)
        {
            using var here = NewDisposeScope();
            var velocity = model.Forward(golden.Latent(), golden.Timestep(), golden.Text(), golden.References(), record);
            var mapped = TinyTransformer.Load(ScalarType.BFloat16).Forward(golden.Latent(), golden.Timestep(), golden.Text(), golden.References());
            Assert.Equal(mapped.Floats(), velocity.Floats());
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Low_rank_change_goes_to_the_device_with_the_weights_that_it_changes(bool streams)
    {
        using var scope = NewDisposeScope();
        using var stager = Stager(new LateCopies(9), ScalarType.Float32);
        var golden = new GoldenCase("lora/case2_one_ref_lora.safetensors");
        var lora = LoraFile.Load(GoldenFile.Path("lora/pytorch_lora_weights.safetensors"));
        using var mapped = SafetensorsSource.Open(GoldenFile.Path(TinyTransformer.WeightsFile));
        using var staged = Open(stager);
        Assert.Equal(Velocity(mapped.WithLora(lora)), Velocity(staged.WithLora(lora)));

        float[] Velocity(WeightSource source)
        {
            var model = source.Build(w => new OmniGen2Transformer(TinyTransformer.Config, w));
            source.Streams = streams;
            source.Enter();
            return model.Forward(golden.Latent(), golden.Timestep(), golden.Text(), golden.References()).Floats();
        }
    }

    [Fact]
    public void Released_size_is_drawn_layer_by_layer_in_less_than_2400_megabytes_of_a_gpu()
    {
        using var stager = new WeightStager(CPU, ScalarType.BFloat16);
        using var vae = new Hollow(stager);
        using var transformer = new Hollow(stager);
        using var language = new Hollow(stager);
        var released = new QwenConfig();
        _ = new AutoencoderKL(vae.Root, new VaeConfig());
        _ = new OmniGen2Transformer(TransformerShapesTests.Released, transformer.Root);
        _ = new Qwen(language.Root, released);
        var parts = new[] { vae.Staged!, transformer.Staged!, language.Staged! };
        var layer = parts.Max(p => p.LargestBytes);
        var rest = parts.Max(p => p.RestBytes);
        Assert.InRange(layer, 188_600_000, 188_900_000);
        Assert.InRange(rest, 167_000_000, 169_000_000);

        // A layer of the transformer and the autoencoder, which has none, are the largest; the language model's table of words is never there as a whole.
        Assert.True(language.Staged!.RestBytes < 80_000_000 && language.Staged!.LargestBytes < layer);
        var footprint = new ModelFootprint
        {
            Parts = [.. parts.Select(p => p.Bytes)],
            Layers = WeightStager.Slots * layer,
            Rest = rest,
            Width = TransformerShapesTests.Released.HiddenSize,
            FeedForward = TransformerShapesTests.Released.FeedForwardSize,
            Channels = 128,
            LargestMap = new VaeConfig().LargestMap,
            NumberBytes = 2,
            IsOnDevice = true,
        };
        Assert.InRange(footprint.Of(Residency.Streamed, 256 * 256), 1_000_000_000, 2_400_000_000);
        Assert.InRange(footprint.Of(Residency.All, 1024 * 1024), 16_000_000_000, 20_000_000_000);
    }

    [Theory]
    [InlineData(Residency.All, "All weights stay on the GPU: ")]
    [InlineData(Residency.Model, "One part of the model at a time stays on the GPU: ")]
    [InlineData(Residency.Streamed, "Layers are copied from their files to the GPU as they run: ")]
    public void Auto_takes_the_first_mode_that_fits_and_says_why(Residency expected, string reason)
    {
        using var measured = Load(Residency.All, new LateCopies());
        var pixels = (long)measured.Info.DefaultSize * measured.Info.DefaultSize;
        using var chosen = Load(Residency.Auto, new LateCopies(), limit: measured.Info.Footprint!.Of(expected, pixels));
        Assert.Equal(expected.ToString(), chosen.Info.Residency);
        Assert.StartsWith(reason, chosen.Info.ResidencyReason);
        Assert.Contains("are free on the GPU", chosen.Info.ResidencyReason);
        Assert.Contains("of this machine's memory are held for copying.", chosen.Advise(Boat).ToString());
    }

    [Fact]
    public void Device_that_is_too_small_for_a_part_gets_its_layers_one_by_one_and_the_picture_is_the_same()
    {
        var copies = new LateCopies(10);
        using var mapped = LoadMapped();
        using var staged = Load(Residency.Model, copies);
        copies.Largest = Math.Max(staged.Info.Footprint!.Rest, staged.Info.Footprint.Layers / WeightStager.Slots) / 2;
        var steps = staged.Denoise(Boat).ToList();
        Assert.StartsWith("The model's layers are copied to the GPU from now on, which takes little memory: memory ran out", Assert.Single(steps, s => s.Notice is not null).Notice);
        Assert.Equal(Draw(mapped), steps[^1].State!.Latents.Values);
        Assert.Equal(nameof(Residency.Streamed), staged.Info.Residency);
    }

    [Fact]
    public void Device_that_is_too_small_from_the_beginning_is_loaded_for_in_the_smallest_mode()
    {
        using var measured = Load(Residency.Streamed, new LateCopies());
        var layer = Math.Max(measured.Info.Footprint!.Rest, measured.Info.Footprint.Layers / WeightStager.Slots) / 2;
        using var mapped = LoadMapped();
        using var staged = Load(Residency.All, new LateCopies { Largest = layer });
        Assert.Equal(Draw(mapped), Draw(staged));
        Assert.Equal(nameof(Residency.Streamed), staged.Info.Residency);
    }

    private static SafetensorsSource Open(WeightStager stager) =>
        SafetensorsSource.Open(GoldenFile.Path(TinyTransformer.WeightsFile), new SafetensorsOptions { DType = stager.Nothing.dtype, Stager = stager });

    /// <summary>Parameters of any shape that take no memory, and an output layer beside the embedding.</summary>
    private sealed class Hollow(WeightStager stager) : WeightSource(ScalarType.BFloat16, CPU, stager)
    {
        public override string Description => "nothing but names";

        public override bool Has(string name) => name == "lm_head.weight";

        public override long[]? ShapeOf(string name) => null;

        internal override Tensor Read(string name, Init init, long[] shape) => zeros([1], dtype: DType).expand(shape);
    }
}
