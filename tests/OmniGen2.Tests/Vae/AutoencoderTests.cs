using OmniGen2.Models.Vae;
using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Vae;

public sealed class AutoencoderTests : IDisposable
{
    /// <summary>As the recorded data recommends: of the largest magnitude of a tensor, and absolute for decoded pixels.</summary>
    private const double Tolerance = 1e-5;
    private const double PixelTolerance = 2e-5;

    private const string Weights = "vae-tiny/diffusion_pytorch_model.safetensors";

    private readonly SafetensorsSource _source = SafetensorsSource.Open(GoldenFile.Path(Weights));
    private readonly AutoencoderKL _vae;

    public AutoencoderTests()
    {
        var config = VaeConfig.Load(GoldenFile.Path("vae-tiny/config.json"));
        _vae = _source.Build(weights => new AutoencoderKL(weights, config));
    }

    public void Dispose() => _source.Dispose();

    [Theory]
    [InlineData("vae-tiny/case1_32x48_batch1.safetensors")]
    [InlineData("vae-tiny/case2_64x40_batch2.safetensors")]
    public void Moments_samples_and_pixels_are_those_of_the_original(string file)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var golden = GoldenTensors.Open(file);
        using var posterior = _vae.Encode(golden.Tensor("input.image"));
        var sample = posterior.Sample(golden.Tensor("input.noise"));

        golden.AssertClose("out.moments", _vae.Encoder.Forward(golden.Tensor("input.image")), Tolerance);
        golden.AssertClose("out.mean", posterior.Mean, Tolerance);
        golden.AssertClose("out.mode", posterior.Mean, Tolerance);
        golden.AssertClose("out.logvar", posterior.LogVariance, Tolerance);
        golden.AssertClose("out.std", posterior.Deviation, Tolerance);
        golden.AssertClose("out.sample", sample, Tolerance);
        golden.AssertClose("out.latent_from_mode", _vae.ToModelSpace(posterior.Mean), Tolerance);
        golden.AssertClose("out.latent_from_sample", _vae.ToModelSpace(sample), Tolerance);
        golden.AssertClose("input.latent_unscaled", _vae.FromModelSpace(golden.Tensor("input.latent")), Tolerance);
        golden.AssertWithin("out.decoded", _vae.Decode(golden.Tensor("input.latent")), PixelTolerance);
    }

    [Fact]
    public void Every_recorded_part_gives_what_the_original_gave()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var golden = GoldenTensors.Open("vae-tiny/case1_32x48_batch1.safetensors");
        var compared = Compare(golden, "out.encoder.", _vae.Encoder.Parts, golden.Tensor("input.image"))
            + Compare(golden, "out.decoder.", _vae.Decoder.Parts, golden.Tensor("input.latent_unscaled"));
        Assert.Equal(golden.Names.Count(n => n.StartsWith("out.encoder.", StringComparison.Ordinal) || n.StartsWith("out.decoder.", StringComparison.Ordinal)), compared);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5000)]
    public void Bands_of_a_large_map_leave_no_seams(long largest)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var config = VaeConfig.Load(GoldenFile.Path("vae-tiny/config.json")) with { LargestMap = largest };
        var banded = _source.Build(weights => new AutoencoderKL(weights, config));
        var golden = GoldenTensors.Open("vae-tiny/case2_64x40_batch2.safetensors");
        var decoded = banded.Decode(golden.Tensor("input.latent"));
        golden.AssertWithin("out.decoded", decoded, PixelTolerance);
        using var posterior = banded.Encode(golden.Tensor("input.image"));
        golden.AssertClose("out.mean", posterior.Mean, Tolerance);
        Assert.InRange(Decibels(_vae.Decode(golden.Tensor("input.latent")), decoded), 50, double.PositiveInfinity);

        // Larger, and not square.
        var latents = randn([1, config.LatentChannels, 24, 40], generator: new Generator(3, CPU)) * 2;
        Assert.InRange(Decibels(_vae.Decode(latents), banded.Decode(latents)), 80, double.PositiveInfinity);
    }

    [Fact]
    public void Samples_of_a_batch_do_not_touch_each_other()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var latents = GoldenTensors.Open("vae-tiny/case2_64x40_batch2.safetensors").Tensor("input.latent");
        var together = _vae.Decode(latents).narrow(0, 1, 1);
        var alone = _vae.Decode(latents.narrow(0, 1, 1));
        Assert.InRange((together - alone).abs().max().item<float>(), 0, PixelTolerance);
    }

    [Fact]
    public void Layout_that_wide_models_use_gives_the_same()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var golden = GoldenTensors.Open("vae-tiny/case2_64x40_batch2.safetensors");
        golden.AssertWithin("out.decoded", _vae.Decoder.Forward(Accelerator.ChannelsLast(golden.Tensor("input.latent_unscaled"))), PixelTolerance);
        golden.AssertClose("out.moments", _vae.Encoder.Forward(Accelerator.ChannelsLast(golden.Tensor("input.image"))), Tolerance);
    }

    [Fact]
    public void Names_and_shapes_of_the_released_size_are_the_published_ones()
    {
        using var recorder = new ShapeRecorder();
        _ = new AutoencoderKL(recorder.Root, new VaeConfig());
        Assert.Equal(File.ReadAllLines(GoldenFile.Path("shapes/vae.txt")), recorder.Lines());
    }

    [Fact]
    public void Bf16_stays_close_to_fp32()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var source = SafetensorsSource.Open(GoldenFile.Path(Weights), new SafetensorsOptions { DType = ScalarType.BFloat16 });
        var vae = source.Build(weights => new AutoencoderKL(weights, _vae.Config));
        var golden = GoldenTensors.Open("vae-tiny/case2_64x40_batch2.safetensors");
        Assert.True(Cosine(golden, "out.decoded", vae.Decode(golden.Tensor("input.latent").to_type(ScalarType.BFloat16))) > 0.999);
        Assert.True(Cosine(golden, "out.moments", vae.Encoder.Forward(golden.Tensor("input.image").to_type(ScalarType.BFloat16))) > 0.999);
    }

    [Fact]
    public void Coding_leaves_no_tensor_behind()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var golden = GoldenTensors.Open("vae-tiny/case1_32x48_batch1.safetensors");
        var (image, latents) = (golden.Tensor("input.image"), golden.Tensor("input.latent"));
        var before = scope.DisposablesCount;
        for (var i = 0; i < 3; i++)
        {
            using var decoded = _vae.Decode(latents);
            using var posterior = _vae.Encode(image);
        }

        Assert.Equal(before, scope.DisposablesCount);
    }

    private static int Compare(GoldenTensors golden, string prefix, IEnumerable<(string Name, Func<Tensor, Tensor> Forward)> parts, Tensor x)
    {
        var compared = 0;
        foreach (var (name, forward) in parts)
        {
            x = forward(x);
            if (golden.Has(prefix + name))
            {
                golden.AssertClose(prefix + name, x, Tolerance);
                compared++;
            }
        }

        return compared;
    }

    private static double Cosine(GoldenTensors golden, string name, Tensor actual)
    {
        var expected = golden.Tensor(name).flatten();
        var values = actual.to_type(ScalarType.Float32).flatten();
        return ((expected * values).sum() / (expected.norm() * values.norm())).item<float>();
    }

    // Of pictures in −1 … 1.
    private static double Decibels(Tensor a, Tensor b) => 10 * Math.Log10(4 / Math.Max((a - b).square().mean().item<float>(), 1e-30));
}
