using System.Text.Json.Nodes;
using OmniGen2.Training.Diffusion;
using OmniGen2.Training.Flow;

namespace OmniGen2.Tests.Training.Diffusion;

public sealed class DiffusionConfigTests : IDisposable
{
    private readonly TinyDiffusion _tiny = new();

    public void Dispose() => _tiny.Dispose();

    [Theory]
    [InlineData("chat_share", "1.5", "chat_share = 1.5 must be from 0 to 1")]
    [InlineData("edit_weight", "0", "edit_weight = 0 must be at least 1")]
    [InlineData("seed", "900000", "Use 0 to 899999")]
    [InlineData("fresh", "false", "other sizes than the checkpoint's need fresh = true")]
    [InlineData("objekt_weight", "2", "unknown key 'objekt_weight'")]
    [InlineData("pool", """{ "edits": 0 }""", "pool.edits = 0 must be from 1 to 100000")]
    [InlineData("pool", """{ "first": 3, "shards": 2 }""", "pool.first = 3 must be from 1 to pool.shards = 2")]
    [InlineData("tasks", """{ "t2i": { "share": 1, "batch": 0 } }""", "a batch of 0: use 1 to 4096")]
    [InlineData("tasks", """{ "t2i": { "share": -1, "batch": 8 } }""", "none may be negative")]
    [InlineData("training", """{ "steps": 0 }""", "steps = 0 must be at least 1")]
    [InlineData("optimizer", """{ "learning_rate": 2 }""", "optimizer.learning_rate = 2")]
    [InlineData("loss_cap", "0", "loss_cap = 0 must be above 0")]
    [InlineData("time", """{ "mixture": [{ "share": 1, "mean": 0, "deviation": 1 }], "latest": 2 }""", "time.latest = 2")]
    [InlineData("time", """{ "mixture": [] }""", "time.mixture must have parts")]
    [InlineData("validation", """{ "samples": 1 }""", "validation.samples = 1")]
    [InlineData("architecture", """{ "hiden_size": 48 }""", "architecture has the unknown key 'hiden_size'")]
    [InlineData("architecture", """{ "hidden_size": 50 }""", "hidden_size 50 is not divisible by num_attention_heads 4")]
    [InlineData("model", "\"nowhere\"", "does not exist")]
    public void What_no_run_can_have_is_refused_with_its_name(string key, string value, string message)
    {
        _tiny.Settings[key] = JsonNode.Parse(value);
        var fault = Assert.ThrowsAny<ModelException>(() => _tiny.Open("out").Dispose());
        Assert.Contains(message, fault.Message);
    }

    [Fact]
    public void A_shift_of_time_is_named_by_its_kind()
    {
        _tiny.Settings["time"] = JsonNode.Parse("""{ "mixture": [{ "share": 1, "mean": 0, "deviation": 1 }], "shift": { "m": 3, "kind": "static" } }""");
        Assert.Equal(new TimeShift.Static(3), _tiny.Config.Time.Shift);
    }

    [Fact]
    public void Every_config_that_ships_can_be_read()
    {
        var files = Directory.GetFiles(Path.Combine(GoldenFile.RepositoryRoot, "train"), "diffusion*.json", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.True(Directory.Exists(DiffusionConfig.Load(file).Model)));
    }
}
