using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Weights;

public sealed class SafetensorsSourceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Values_come_as_recorded()
    {
        var golden = GoldenTensors.Open("lora/case2_one_ref_lora.safetensors");
        var file = SafetensorsFile.Open(GoldenFile.Path("lora/case2_one_ref_lora.safetensors"));
        foreach (var name in golden.Names)
        {
            using var tensor = file.Tensor(name);
            Assert.Equal(golden.Shape(name), tensor.shape);
            Assert.Equal(golden.Bytes(name), tensor.bytes.ToArray());
        }
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float64)]
    public void Stored_bf16_arrives_in_the_type_that_the_model_computes_in(ScalarType dtype)
    {
        var path = GoldenFile.Path("dit-tiny/diffusion_pytorch_model.safetensors");
        var golden = GoldenTensors.Open(path);
        using var source = SafetensorsSource.Open(path, new SafetensorsOptions { DType = dtype });
        var weight = source.Root["x_embedder"].Parameter("weight", golden.Shape("x_embedder.weight"));
        Assert.Equal(dtype, weight.dtype);
        using var wide = weight.to(ScalarType.Float32);
        Assert.Equal(golden.Floats("x_embedder.weight"), wide.data<float>().ToArray());
    }

    [Theory]
    [InlineData("F32", new byte[] { 0, 0, 0xC0, 0x3F })]
    [InlineData("BF16", new byte[] { 0xC0, 0x3F })]
    [InlineData("F16", new byte[] { 0, 0x3E })]
    [InlineData("F64", new byte[] { 0, 0, 0, 0, 0, 0, 0xF8, 0x3F })]
    public void Every_floating_type_is_accepted(string dtype, byte[] oneAndAHalf)
    {
        var header = $"{{{SafetensorsCraft.Entry("a", dtype, [1], 0, oneAndAHalf.Length)}}}";
        using var source = Open(SafetensorsCraft.File(System.Text.Encoding.UTF8.GetBytes(header), oneAndAHalf));
        Assert.Equal(1.5f, source.Root.Parameter("a", 1).item<float>());
    }

    [Fact]
    public void Integer_weights_are_refused()
    {
        var fault = Assert.Throws<WeightsException>(() => Open(SafetensorsCraft.File($"{{{SafetensorsCraft.Entry("ids", "I64", [1], 0, 8)}}}", 8)));
        Assert.Contains("'ids' in the type I64", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensor_that_the_writer_did_not_align_is_read_all_the_same()
    {
        var header = $"{{{SafetensorsCraft.Entry("a", "F32", [2], 0, 8)}}}";
        byte[] odd = [.. System.Text.Encoding.UTF8.GetBytes(header.PadRight(header.Length + 1 + (header.Length % 2)))];
        byte[] data = [.. BitConverter.GetBytes(1.25f), .. BitConverter.GetBytes(-2f)];
        using var source = Open(SafetensorsCraft.File(odd, data));
        Assert.Equal([1.25f, -2f], source.Root.Parameter("a", 2).data<float>().ToArray());
        Assert.Equal(0, source.Root.Region().Length);
    }

    [Fact]
    public void Parameters_live_until_the_source_is_disposed_whatever_scope_they_were_made_in()
    {
        using var source = Open(SafetensorsCraft.Floats(("a", [2], [1, 2])));
        Tensor parameter;
        using (NewDisposeScope())
        {
            parameter = source.Root.Parameter("a", 2);
        }

        Assert.Equal([1f, 2f], parameter.data<float>().ToArray());
        Assert.Same(parameter, source.Root.Parameter("a", 2));
        source.Dispose();
        Assert.True(parameter.IsInvalid);
    }

    [Fact]
    public void Sharded_checkpoint_reads_as_one()
    {
        Shards();
        using var source = SafetensorsSource.Open(_folder.Path);
        var sum = source.Build(w => w.Parameter("a", 2).sum().item<float>() + w["b"].Parameter("c", 1).sum().item<float>());
        Assert.Equal(6, sum);
    }

    [Fact]
    public void Shard_that_holds_something_else_than_promised_is_named()
    {
        Shards();
        _folder.Write("m-2.safetensors", SafetensorsCraft.Floats(("other", [1], [3])));
        var fault = Assert.Throws<WeightsException>(() => SafetensorsSource.Open(_folder.Path));
        Assert.Contains("m-2.safetensors", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'b.c'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_shard_is_named()
    {
        Shards();
        File.Delete(_folder.File("m-2.safetensors"));
        Assert.Contains("m-2.safetensors", Assert.Throws<WeightsException>(() => SafetensorsSource.Open(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Newer_names_of_the_language_model_are_understood()
    {
        var options = new SafetensorsOptions { Aliases = SafetensorsOptions.QwenAliases };
        using var source = Open(SafetensorsCraft.Floats(("model.visual.a", [1], [1]), ("model.language_model.norm.weight", [1], [2]), ("lm_head.weight", [1], [3])), options);
        Assert.Equal(["lm_head.weight", "model.norm.weight", "visual.a"], source.Names.Order());
        Assert.Equal(2f, source.Root["model"]["norm"].Parameter("weight", 1).item<float>());
    }

    [Fact]
    public void Old_and_new_name_of_one_tensor_together_are_refused()
    {
        var options = new SafetensorsOptions { Aliases = SafetensorsOptions.QwenAliases };
        var fault = Assert.Throws<WeightsException>(() => Open(SafetensorsCraft.Floats(("model.visual.a", [1], [1]), ("visual.a", [1], [1])), options));
        Assert.Contains("'model.visual.a'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trainable_parameters_are_copies_that_record_gradients()
    {
        using var source = Open(SafetensorsCraft.Floats(("a", [2], [1, 2])), new SafetensorsOptions { Trainable = true });
        var parameter = source.Root.Parameter("a", 2);
        parameter.square().sum().backward();
        Assert.Equal([2f, 4f], parameter.grad!.data<float>().ToArray());
        Assert.Equal(0, source.Root.Region().Length);
    }

    private void Shards()
    {
        _folder.Write("m-1.safetensors", SafetensorsCraft.Floats(("a", [2], [1, 2])));
        _folder.Write("m-2.safetensors", SafetensorsCraft.Floats(("b.c", [1], [3])));
        _folder.Write("m.safetensors.index.json", """{"weight_map": {"a": "m-1.safetensors", "b.c": "m-2.safetensors"}}""");
    }

    private SafetensorsSource Open(byte[] file, SafetensorsOptions? options = null) =>
        SafetensorsSource.Open(_folder.Write("model.safetensors", file), options);
}
