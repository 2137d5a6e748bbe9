using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Weights;

public sealed class LoraTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.5)]
    public void Recorded_adapter_changes_the_weight_as_the_original_fuses_it(double scale)
    {
        const string name = "layers.0.attn.to_q.weight";
        var recorded = GoldenTensors.Open("lora/case2_one_ref_lora.safetensors").Floats("out.fused_weight.layers.0.attn.to_q");
        var lora = LoraFile.Load(GoldenFile.Path("lora"));
        using var source = SafetensorsSource.Open(GoldenFile.Path("dit-tiny"));
        var shape = source.ShapeOf(name)!;
        var plain = source.Root.Parameter(name, shape).data<float>().ToArray();
        var changed = source.Root.WithLora(lora, scale).Parameter(name, shape).data<float>().ToArray();
        var worst = plain.Zip(recorded, changed).Max(v => Math.Abs(v.First + (scale * (v.Second - v.First)) - v.Third));
        Assert.True(worst < 1e-6, $"{worst}");
    }

    [Fact]
    public void Weights_that_the_adapter_does_not_name_stay_mapped()
    {
        using var source = SafetensorsSource.Open(GoldenFile.Path("dit-tiny"), new SafetensorsOptions { DType = ScalarType.BFloat16 });
        var scope = source.Root.WithLora(LoraFile.Load(GoldenFile.Path("lora")));
        var attention = scope["layers"][0]["attn"];
        attention["norm_q"].Parameter("weight", source.ShapeOf("layers.0.attn.norm_q.weight")!);
        attention["to_q"].Parameter("weight", source.ShapeOf("layers.0.attn.to_q.weight")!);
        Assert.Equal(2 * source.ShapeOf("layers.0.attn.norm_q.weight")![0], attention.Region().Length);
    }

    [Fact]
    public void Model_with_an_adapter_is_checked_as_strictly_as_one_without()
    {
        using var source = Base();
        var lora = Lora(("transformer.q.lora_A.weight", [1, 2], [1, 1]), ("transformer.q.lora_B.weight", [2, 1], [1, 2]));
        var changed = source.WithLora(lora);
        Assert.Throws<WeightsException>(() => changed.Build(w => w["q"].Linear(2, 2, bias: false)));
        var weight = changed.Build(w => (w["q"].Linear(2, 2, bias: false), w["a"]["attn"]["to_q"].Linear(2, 2, bias: false), w["a"]["attn"]["to_k"].Linear(2, 1, bias: false), w["a"]["attn"]["to_v"].Linear(2, 1, bias: false), w["a"]["attn"]["to_out"][0].Linear(2, 2, bias: false))).Item1.Weight;
        Assert.Equal([2f, 1, 2, 3], weight.data<float>().ToArray());
    }

    [Theory]
    [InlineData("transformer.q.lora_A.weight", "transformer.q.lora_B.weight", "q")]
    [InlineData("transformer.q.lora_A.default.weight", "transformer.q.lora_B.default.weight", "q")]
    [InlineData("base_model.model.q.lora_A.weight", "base_model.model.q.lora_B.weight", "q")]
    [InlineData("q.lora_A.weight", "q.lora_B.weight", "q")]
    [InlineData("transformer.q.lora.down.weight", "transformer.q.lora.up.weight", "q")]
    [InlineData("transformer.q_lora.down.weight", "transformer.q_lora.up.weight", "q")]
    [InlineData("diffusion_model.q.lora_down.weight", "diffusion_model.q.lora_up.weight", "q")]
    [InlineData("transformer.a.attn.processor.to_q_lora.down.weight", "transformer.a.attn.processor.to_q_lora.up.weight", "a.attn.to_q")]
    [InlineData("transformer.a.attn.processor.to_out_lora.down.weight", "transformer.a.attn.processor.to_out_lora.up.weight", "a.attn.to_out.0")]
    [InlineData("diffusion_model.a.attention.out.lora_A.weight", "diffusion_model.a.attention.out.lora_B.weight", "a.attn.to_out.0")]
    public void Every_spelling_reaches_its_layer(string down, string up, string layer)
    {
        using var source = Base();
        var lora = Lora((down, [1, 2], [1, 0]), (up, [2, 1], [5, 0]));
        Assert.Equal(layer, Assert.Single(lora.Modules).Name);
        Assert.Equal([6f, 0, 0, 1], source.WithLora(lora).Root[layer].Parameter("weight", 2, 2).data<float>().ToArray());
    }

    [Fact]
    public void Fused_query_key_and_value_are_split_by_their_rows()
    {
        using var source = Base();
        var lora = Lora(("diffusion_model.a.attention.qkv.lora_A.weight", [1, 2], [1, 0]), ("diffusion_model.a.attention.qkv.lora_B.weight", [4, 1], [1, 2, 3, 4]));
        var attention = source.WithLora(lora).Root["a"]["attn"];
        Assert.Equal([2f, 0, 2, 1], attention["to_q"].Parameter("weight", 2, 2).data<float>().ToArray());
        Assert.Equal([4f, 1], attention["to_k"].Parameter("weight", 1, 2).data<float>().ToArray());
        Assert.Equal([5f, 1], attention["to_v"].Parameter("weight", 1, 2).data<float>().ToArray());
    }

    [Fact]
    public void Stored_alpha_is_divided_by_the_rank()
    {
        using var source = Base();
        var lora = Lora(("q.lora_A.weight", [2, 2], [1, 0, 0, 1]), ("q.lora_B.weight", [2, 2], [1, 0, 0, 1]), ("q.alpha", [], [8]));
        Assert.Equal([5f, 0, 0, 5], source.WithLora(lora).Root["q"].Parameter("weight", 2, 2).data<float>().ToArray());
    }

    [Fact]
    public void Peft_folder_brings_its_alpha_in_its_config()
    {
        _folder.Write("adapter_model.safetensors", SafetensorsCraft.Floats(("q.lora_A.weight", [2, 2], new float[4]), ("q.lora_B.weight", [2, 2], new float[4])));
        _folder.Write("adapter_config.json", """{"lora_alpha": 6, "r": 2}""");
        Assert.Equal(6, Assert.Single(LoraFile.Load(_folder.Path).Modules).Alpha);
    }

    [Fact]
    public void Unknown_keys_are_counted_and_the_first_is_named()
    {
        Refused(() => Lora(("q.lora_A.weight", [1, 2], [1, 1]), ("q.weight", [1], [1]), ("q.lora_B.bias", [1], [1])), "2 keys of 3", "'q.lora_B.bias'");
        Refused(() => Lora(("q.dora_scale", [1], [1])), "'q.dora_scale'", "DoRA");
    }

    [Fact]
    public void Layer_that_the_model_lacks_is_named()
    {
        using var source = Base();
        Refused(() => source.WithLora(Lora(("z.lora_A.weight", [1, 2], [1, 1]), ("z.lora_B.weight", [2, 1], [1, 2]))), "lora.safetensors", "1 layers of 1", "'z'", "another model");
        Refused(() => source.WithLora(Lora(("z.attn.qkv.lora_A.weight", [1, 2], [1, 1]), ("z.attn.qkv.lora_B.weight", [2, 1], [1, 2]))), "'z.attn.qkv'");
    }

    [Fact]
    public void Change_of_another_size_is_refused_with_both_shapes()
    {
        using var source = Base();
        Refused(() => source.WithLora(Lora(("q.lora_A.weight", [1, 3], new float[3]), ("q.lora_B.weight", [2, 1], new float[2]))), "'q.weight'", "[2, 3]", "[2, 2]");
        Refused(() => source.WithLora(Lora(("a.attn.qkv.lora_A.weight", [1, 2], new float[2]), ("a.attn.qkv.lora_B.weight", [5, 1], new float[5]))), "5 rows", "4 (2 + 1 + 1)");
    }

    [Fact]
    public void Half_a_change_a_doubled_one_and_ranks_that_differ_are_refused()
    {
        Refused(() => Lora(("q.lora_A.weight", [1, 2], [1, 1])), "'q'", "not up");
        Refused(() => Lora(("q.lora_B.weight", [2, 1], [1, 1])), "'q'", "not down");
        Refused(() => Lora(("q.lora_A.weight", [1, 2], [1, 1]), ("q.lora_B.weight", [2, 2], new float[4])), "'q.lora_A.weight' [1, 2]", "'q.lora_B.weight' [2, 2]");
        Refused(() => Lora(("q.lora_A.weight", [1, 2], [1, 1]), ("transformer.q.lora_A.weight", [1, 2], [1, 1]), ("q.lora_B.weight", [2, 1], [1, 1])), "'q' twice");
        using var source = Base();
        Refused(
            () => source.WithLora(Lora(
                ("a.attn.to_q.lora_A.weight", [1, 2], [1, 1]),
                ("a.attn.to_q.lora_B.weight", [2, 1], [1, 1]),
                ("a.attn.qkv.lora_A.weight", [1, 2], [1, 1]),
                ("a.attn.qkv.lora_B.weight", [4, 1], new float[4]))),
            "'a.attn.to_q.weight' twice");
    }

    [Fact]
    public void Folder_without_an_adapter_says_what_was_looked_for() => Refused(() => LoraFile.Load(_folder.Path), "pytorch_lora_weights.safetensors");

    private static void Refused(Action action, params string[] parts)
    {
        var fault = Assert.Throws<WeightsException>(action);
        Assert.All(parts, part => Assert.Contains(part, fault.Message, StringComparison.Ordinal));
    }

    private static DictionarySource Base() => new(new Dictionary<string, Tensor>
    {
        ["q.weight"] = eye(2),
        ["a.attn.to_q.weight"] = eye(2),
        ["a.attn.to_k.weight"] = ones(1, 2),
        ["a.attn.to_v.weight"] = ones(1, 2),
        ["a.attn.to_out.0.weight"] = eye(2),
    });

    private LoraFile Lora(params (string Name, long[] Shape, float[] Values)[] tensors) =>
        LoraFile.Load(_folder.Write("lora.safetensors", SafetensorsCraft.Floats(tensors)));
}
