using OmniGen2.Training.Vae;

namespace OmniGen2.Tests.Training.Vae;

public sealed class VaeTrainingConfigTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_shipped_config_is_read()
    {
        var path = Path.Combine(GoldenFile.RepositoryRoot, "train/mini/vae-1.json");
        var config = VaeTrainingConfig.Load(path);
        Assert.Equal(Path.Combine(GoldenFile.RepositoryRoot, "models/omnigen2-mini"), config.Model);
        Assert.Equal(VaePart.Decoder, config.Part);
    }

    [Theory]
    [InlineData("""{ "model": "m", "training": { "steps": 1 }, "parts": "all" }""", "has the unknown key 'parts'; known: model, fresh, part")]
    [InlineData("""{ "model": "m", "training": { "steps": 1 }, "part": "encoder" }""", "at 'part'")]
    [InlineData("""{ "training": { "steps": 1 } }""", "'model'")]
    [InlineData("""{ "model": "m", "training": { "steps": 0 } }""", "steps = 0 must be at least 1")]
    [InlineData("""{ "model": "m", "training": { "steps": 1 }, "optimizer": { "learning_rate": 0 } }""", "optimizer.learning_rate = 0 must be")]
    [InlineData("""{ "model": "m", "training": { "steps": 1 }, "data": { "crop_size": 60 } }""", "data.crop_size = 60 must be a multiple of 8 from 16 to 128.")]
    [InlineData("""{ "model": "m", "training": { "steps": 1 }, "data": { "dense_share": 1.5 } }""", "data.dense_share = 1.5 must be from 0 to 1.")]
    [InlineData("""{ "model": "m", "training": { "steps": 1 }, "losses": { "squared": -2 } }""", "losses.squared = -2 must not be negative.")]
    [InlineData("""{ "model": "m", "training": { "steps": 1 }, "losses": { "absolute": 0, "squared": 0, "gradient": 0 } }""", "nothing would be learnt")]
    [InlineData("""{ "model": "m", "training": { "steps": 1 }, "seed": 900001 }""", "Seed 900001 is not for training")]
    [InlineData("""{ "model": "m", "training": { "steps": 1 }, "part": "decoder", "fresh": true }""", "fresh = true makes a new encoder too")]
    [InlineData("""{ "model": "m", "training": { "steps": 1 }, "data": { "noise_share": 0.5 } }""", "data.noise_share = 0.5 needs part = decoder")]
    [InlineData("""{ "model": "m", "training": { "steps": 1 } }""", "m' does not exist")]
    [InlineData("""{ "model": ".", "training": { "steps": 1 } }""", "is not an OmniGen2 checkpoint")]
    public void A_wrong_file_is_a_sentence(string json, string expected) =>
        Assert.Contains(expected, Assert.ThrowsAny<ModelException>(() => VaeTraining.Open(_folder.Write("F.json", json), _folder.File("out"))).Message);

    [Fact]
    public void An_unknown_device_is_a_sentence()
    {
        var json = $$"""{ "model": {{System.Text.Json.JsonSerializer.Serialize(GoldenFile.Path("tiny-omnigen2"))}}, "training": { "steps": 1 }, "device": "tpu" }""";
        Assert.Contains("There is no device 'tpu'", Assert.Throws<ModelException>(() => VaeTraining.Open(_folder.Write("F.json", json), _folder.File("out"))).Message);
    }
}
