using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Weights;

public sealed class SafetensorsWriterTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void What_is_written_is_read_back_with_its_types_and_metadata()
    {
        var tensors = new Dictionary<string, Tensor>
        {
            ["half"] = tensor([1.5f, -2f, 3f]).to(ScalarType.BFloat16),
            ["view"] = arange(6, dtype: ScalarType.Float32).view(2, 3).transpose(0, 1),
            ["ids"] = tensor([1L, -5L]),
            ["bytes"] = tensor([7, 8, 9], dtype: ScalarType.Byte),
            ["scalar"] = tensor(2.5),
            ["empty"] = zeros(0, 4),
        };
        SafetensorsWriter.Save(_folder.File("a.safetensors"), tensors, new Dictionary<string, string> { ["format"] = "pt" });
        var golden = GoldenTensors.Open(_folder.File("a.safetensors"));
        Assert.Equal([1.5f, -2f, 3f], golden.Floats("half"));
        Assert.Equal([0f, 3, 1, 4, 2, 5], golden.Floats("view"));
        Assert.Equal([3, 2], golden.Shape("view"));
        Assert.Equal([1L, -5L], golden.Longs("ids"));
        var file = SafetensorsFile.Open(_folder.File("a.safetensors"));
        Assert.Equal("pt", file.Header.Metadata["format"]);
        Assert.Equal(["BF16", "F32", "F32", "F64", "I64", "U8"], file.Header.Entries.Select(e => e.DType).Order());
        Assert.Equal(2.5, file.Tensor("scalar").item<double>());
        Assert.Equal([0, 4], file.Tensor("empty").shape);
    }

    [Fact]
    public void Failure_on_the_way_leaves_the_old_file_and_nothing_else()
    {
        var path = _folder.Write("a.safetensors", "old");
        SafetensorsItem[] items = [new("a", ScalarType.Float32, [2], () => ones(2)), new("b", ScalarType.Float32, [2], () => ones(3))];
        var fault = Assert.Throws<WeightsException>(() => SafetensorsWriter.Save(path, items));
        Assert.Contains("'b' was announced as", fault.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Place_that_cannot_be_written_is_named()
    {
        var fault = Assert.Throws<WeightsException>(() => SafetensorsWriter.Save(_folder.File("none/a.safetensors"), new Dictionary<string, Tensor> { ["a"] = ones(2) }));
        Assert.Contains("none/a.safetensors", fault.Message, StringComparison.Ordinal);
        Assert.Contains("8 bytes", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void State_tensors_keep_every_bit()
    {
        var half = tensor([1.5f, -2f, 3f, 4f]).to(ScalarType.BFloat16).view(2, 2);
        var state = StateTensors.From(half);
        Assert.Equal(("BF16", 8), (state.DType, state.Bytes.Length));
        using var back = state.ToTensor();
        Assert.Equal([2, 2], back.shape);
        Assert.Equal(state.Bytes, back.bytes.ToArray());
    }

    [Theory]
    [InlineData("F32", 7)]
    [InlineData("Q4", 8)]
    public void State_tensor_that_does_not_add_up_is_refused(string dtype, int bytes) =>
        Assert.Contains("start the picture again", Assert.Throws<ModelException>(() => new StateTensor(dtype, [2], new byte[bytes]).ToTensor()).Message, StringComparison.Ordinal);
}
