using OmniGen2.Weights;

namespace OmniGen2.Tests.Weights;

public sealed class StrictnessTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private readonly SafetensorsSource _source;

    public StrictnessTests()
    {
        var file = SafetensorsCraft.Floats(("layer.weight", [2, 3], new float[6]), ("layer.bias", [2], new float[2]), ("layer2.weight", [1], [1]));
        _source = SafetensorsSource.Open(_folder.Write("model.safetensors", file));
    }

    public void Dispose()
    {
        _source.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Model_that_uses_every_tensor_is_built()
    {
        var size = _source.Build(w => w["layer"].Linear(3, 2).Weight.numel() + w["layer2"].RmsNorm(1, 1e-5).Weight.numel());
        Assert.Equal(7, size);
        _source.AssertAllUsed();
    }

    [Fact]
    public void Missing_tensor_is_named_with_its_shape_and_the_file() =>
        Refused(() => _source.Root["head"].Linear(4, 5), "model.safetensors", "'head.weight' [5, 4]");

    [Fact]
    public void Misshaped_tensor_is_named_with_both_shapes() =>
        Refused(() => _source.Root["layer"].Linear(4, 2), "model.safetensors", "'layer.weight'", "[2, 3]", "[2, 4]");

    [Fact]
    public void Same_tensor_asked_for_in_two_shapes_is_refused()
    {
        _source.Root["layer"].Parameter("bias", 2);
        Refused(() => _source.Root["layer"].Parameter("bias", 3), "'layer.bias'", "[2]", "[3]");
    }

    [Fact]
    public void All_missing_tensors_are_counted_before_anything_is_built() =>
        Refused(() => _source.Build(w => (w["layer"].Linear(3, 2), w["head"].Linear(4, 5), w["layer2"].RmsNorm(1, 1))), "lacks 2 tensors of the 5", "'head.bias' [5]");

    [Fact]
    public void All_misshaped_tensors_are_counted_before_anything_is_built() =>
        Refused(() => _source.Build(w => (w["layer"].Linear(4, 5), w["layer2"].RmsNorm(1, 1))), "2 tensors of 3", "'layer.bias'", "it is [2]", "makes it [5]");

    [Fact]
    public void Unused_tensors_are_counted_and_the_first_is_named()
    {
        Refused(() => _source.Build(w => w["layer2"].RmsNorm(1, 1)), "holds 2 tensors of 3", "'layer.bias'");
        _source.Root["layer"].Linear(3, 2);
        Refused(_source.AssertAllUsed, "holds 1 tensors of 3", "'layer2.weight'");
    }

    [Fact]
    public void Optional_parts_are_asked_for_by_whole_names()
    {
        Assert.True(_source.Root.Has("layer"));
        Assert.True(_source.Root.Has("layer.bias"));
        Assert.True(_source.Root["layer"].Has("bias"));
        Assert.False(_source.Root.Has("lay"));
        Assert.False(_source.Root["layer"].Has("norm"));
        Assert.Equal([2, 3], _source.Root["layer"].ShapeOf("weight")!);
        Assert.Null(_source.Root.ShapeOf("head"));
    }

    [Fact]
    public void Optional_part_that_the_file_has_is_demanded_in_the_dry_run_too()
    {
        var built = _source.Build(w => (w["layer"].Linear(3, 2, bias: w["layer"].Has("bias")), w["layer2"].RmsNorm(w.ShapeOf("layer2.weight")![0], 1)));
        Assert.NotNull(built.Item1.Bias);
    }

    private static void Refused(Action action, params string[] parts)
    {
        var fault = Assert.Throws<WeightsException>(action);
        Assert.All(parts, part => Assert.Contains(part, fault.Message, StringComparison.Ordinal));
    }
}
