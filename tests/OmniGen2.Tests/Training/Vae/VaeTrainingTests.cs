using System.Text.Json;
using OmniGen2.Training.Shapes;
using OmniGen2.Training.Vae;

namespace OmniGen2.Tests.Training.Vae;

public sealed class VaeTrainingTests : IDisposable
{
    private const string Small = """ "data": { "crop_size": 32, "batch": 2 } """;

    private const string SmallDecoder = """ "part": "decoder", "data": { "crop_size": 32, "batch": 2, "noise_share": 0.5 } """;

    private readonly TinyVae _tiny = new();

    public void Dispose() => _tiny.Dispose();

    [Theory]
    [InlineData(Small)]
    [InlineData(SmallDecoder)]
    public void Four_steps_and_four_more_are_eight_to_the_bit(string keys)
    {
        var whole = _tiny.Take("whole", keys, steps: 8);
        var first = _tiny.Take("halves", keys, steps: 4);
        var second = _tiny.Take("halves", keys, steps: 4, resume: true);
        Assert.Equal(whole, first.Concat(second));
        Assert.Equal(_tiny.State("whole"), _tiny.State("halves"));
    }

    [Fact]
    public void Frozen_encoder_stays_what_it_is_to_the_bit()
    {
        _tiny.Take("run", SmallDecoder, steps: 3, export: true);
        var (before, after) = (TinyVae.Weights(_tiny.Base), TinyVae.Weights(_tiny.Model("run")));
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        Assert.All(before, tensor =>
        {
            if (tensor.Key.StartsWith("encoder.", StringComparison.Ordinal))
            {
                Assert.Equal(tensor.Value, after[tensor.Key]);
            }
            else
            {
                Assert.Equal("BFloat16", after[tensor.Key].Type);
            }
        });
        Assert.Equal(File.ReadAllText(Path.Combine(_tiny.Base, "vae/config.json")), File.ReadAllText(Path.Combine(_tiny.Model("run"), "vae/config.json")));
    }

    [Fact]
    public void Decoder_moves_as_a_whole()
    {
        var keys = SmallDecoder + """, "optimizer": { "learning_rate": 0.05 } """;
        using (var run = VaeTraining.Open(_tiny.Config(keys), _tiny.Folder.File("unused")))
        {
            run.Export(_tiny.Model("before"));
        }

        _tiny.Take("run", keys, steps: 8, export: true);
        var (before, after) = (TinyVae.Weights(_tiny.Model("before")), TinyVae.Weights(_tiny.Model("run")));
        Assert.All(before.Keys.Where(name => name.StartsWith("decoder.", StringComparison.Ordinal)), name => Assert.NotEqual(before[name].Bytes, after[name].Bytes));
    }

    [Fact]
    public void Latents_of_a_newly_trained_encoder_have_mean_0_and_deviation_1()
    {
        var start = _tiny.CopyBase("""{ "name": "tiny", "min_size": 64, "default_size": 128, "max_size": 128 }""");
        _tiny.Take("run", Small, steps: 3, export: true);
        using var model = OmniGen2Pipeline.Load(_tiny.Model("run"), new PipelineOptions { Precision = ModelPrecision.Float32, Device = "cpu" });
        var values = Enumerable.Range(0, 30).SelectMany(i => model.EncodeMean(ScenePainter.Paint(RoundTrip.Normal(i))).Values).ToList();
        var mean = values.Average(v => (double)v);
        Assert.InRange(mean, -0.05, 0.05);
        Assert.InRange(Math.Sqrt(values.Average(v => (v - mean) * (v - mean))), 0.9, 1.1);
        Assert.Equal("tiny", model.Info.Name);
        Assert.Equal(17, model.Info.LatentToRgb!.Length);
        Assert.NotEqual(Config(start), Config(_tiny.Model("run")));

        static double Config(string folder) => JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "vae/config.json"))).RootElement.GetProperty("scaling_factor").GetDouble();
    }

    [Fact]
    public void Fresh_weights_depend_on_the_seed_alone()
    {
        var first = _tiny.Take("first", $"{Small}, \"fresh\": true, \"seed\": 5", steps: 1);
        Assert.Equal(first, _tiny.Take("again", $"{Small}, \"fresh\": true, \"seed\": 5", steps: 1));
        Assert.NotEqual(first, _tiny.Take("other", $"{Small}, \"fresh\": true, \"seed\": 6", steps: 1));
        Assert.NotEqual(first, _tiny.Take("trained", $"{Small}, \"seed\": 5", steps: 1));
    }

    [Fact]
    public void Sheets_show_drawing_and_copy_side_by_side()
    {
        using var run = VaeTraining.Open(_tiny.Config(Small), _tiny.Folder.File("run"));
        var sheet = Assert.Single(run.Sheets());
        Assert.All(sheet.Rows, row => Assert.Equal(2, row.Pictures.Count));
        Assert.Equal(ScenePainter.Paint(RoundTrip.Normal(0)).Pixels, sheet.Rows[0].Pictures[0].Pixels);
        Assert.Contains(" dB, ", sheet.Rows[0].Caption);
    }

    [Fact]
    public void Validation_says_how_faithful_copies_are()
    {
        using var run = VaeTraining.Open(_tiny.Config(Small, validateSteps: 8), _tiny.Folder.File("run"));
        var validation = run.Run().Last().Validation!;
        Assert.Equal(["psnr", "psnr_dense", "read_back", "read_back_noisy"], validation.Keys);
        Assert.All(["psnr", "psnr_dense"], name => Assert.InRange(validation[name], 1, 40));
    }
}
