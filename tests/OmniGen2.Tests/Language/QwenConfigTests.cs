using System.Text.Json.Nodes;
using OmniGen2.Models.Language;
using OmniGen2.Weights;

namespace OmniGen2.Tests.Language;

public sealed class QwenConfigTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public void A_published_config_is_read_with_both_halves()
    {
        var config = QwenCases.Config;
        Assert.Equal((64, 3, 4, 2, 160, 16), (config.HiddenSize, config.Layers, config.Heads, config.KeyHeads, config.IntermediateSize, config.HeadSize));
        Assert.Equal((482, 468, 1e6, 1e-6), (config.VocabSize, config.ImagePadId, config.RopeTheta, config.NormEps));
        Assert.Equal([2, 3, 3], config.RopeSections);
        Assert.Equal((4, 32, 2, 44, 64, 2), (config.Vision.Layers, config.Vision.HiddenSize, config.Vision.Heads, config.Vision.IntermediateSize, config.Vision.OutputSize, config.Vision.WindowUnits));
        Assert.Equal([1, 3], config.Vision.FullAttentionLayers);
        Assert.Equal(1176, config.Vision.PatchValues);
    }

    [Fact]
    public void Newer_writers_spell_the_rope_type_differently_and_may_nest_the_text_part()
    {
        Assert.Equal([2, 3, 3], Load(c => c["rope_scaling"] = Scaling("default", "default")).RopeSections);
        Assert.Equal([2, 3, 3], Load(c => c["rope_scaling"] = Scaling(null, "default")).RopeSections);
        Assert.Equal(64, Load(Nest).HiddenSize);

        static void Nest(JsonObject config)
        {
            var text = config.DeepClone();
            config.Remove("hidden_size");
            config.Remove("rope_scaling");
            config["text_config"] = text;
        }
    }

    [Theory]
    [InlineData("num_attention_heads", "5", "64 does not split into num_attention_heads 5")]
    [InlineData("num_key_value_heads", "3", "4 is not a multiple of num_key_value_heads 3")]
    [InlineData("hidden_size", "\"wide\"", "hidden_size")]
    [InlineData("hidden_size", "128", "half the head size, 16")]
    [InlineData("vision_config", "null", "vision_config")]
    public void A_config_that_cannot_be_is_refused_by_name(string key, string value, string expected)
    {
        var fault = Assert.Throws<WeightsException>(() => Load(c => c[key] = JsonNode.Parse(value)));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Contains(_path, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_rope_type_is_refused_by_name()
    {
        var fault = Assert.Throws<WeightsException>(() => Load(c => c["rope_scaling"] = Scaling("yarn", null)));
        Assert.Contains("'yarn'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_generation_config_says_how_tokens_are_drawn()
    {
        Assert.Equal([458, 456], QwenCases.Options.EndIds);
        Assert.Equal((1e-6, 1.05, 50, 1.0), (QwenCases.Options.Temperature, QwenCases.Options.RepetitionPenalty, QwenCases.Options.TopK, QwenCases.Options.TopP));

        File.WriteAllText(_path, """{ "eos_token_id": 7, "do_sample": false, "temperature": 0.9, "top_k": null }""");
        var options = GenerationOptions.Load(_path);
        Assert.Equal([7], options.EndIds);
        Assert.True(options.IsGreedy);
        Assert.Equal(1, options.RepetitionPenalty);
    }

    public void Dispose() => File.Delete(_path);

    private static JsonObject Scaling(string? type, string? ropeType)
    {
        var scaling = new JsonObject { ["mrope_section"] = new JsonArray(2, 3, 3) };
        if (type is not null)
        {
            scaling["type"] = type;
        }
        if (ropeType is not null)
        {
            scaling["rope_type"] = ropeType;
        }
        return scaling;
    }

    private QwenConfig Load(Action<JsonObject> change)
    {
        var config = JsonNode.Parse(GoldenFile.Text("tiny-omnigen2/mllm/config.json"))!.AsObject();
        change(config);
        File.WriteAllText(_path, config.ToJsonString());
        return QwenConfig.Load(_path);
    }
}
