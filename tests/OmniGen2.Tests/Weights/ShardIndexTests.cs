using OmniGen2.Weights;

namespace OmniGen2.Tests.Weights;

public sealed class ShardIndexTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Shards_are_found_beside_the_index()
    {
        _folder.Write("model-1.safetensors", "");
        _folder.Write("model-2.safetensors", "");
        var shards = Read("""{"a": "model-1.safetensors", "b": "model-2.safetensors", "c": "model-1.safetensors"}""");
        Assert.Equal(["a", "c"], shards[_folder.File("model-1.safetensors")]);
        Assert.Equal(["b"], shards[_folder.File("model-2.safetensors")]);
    }

    [Fact]
    public void Missing_shard_is_named_with_a_tensor_of_it()
    {
        _folder.Write("model-1.safetensors", "");
        Refused("""{"a": "model-1.safetensors", "b": "model-2.safetensors"}""", "model-2.safetensors", "1 tensors", "'b'", "not there");
    }

    [Theory]
    [InlineData("../secret.safetensors")]
    [InlineData("/etc/passwd")]
    [InlineData("sub/model.safetensors")]
    [InlineData("")]
    public void Shard_that_is_not_beside_its_index_is_refused(string shard) => Refused($$"""{"a": "{{shard}}"}""", $"'{shard}'", "beside it");

    [Fact]
    public void Index_without_shards_is_refused() => Refused("{}", "names no shard");

    [Fact]
    public void Index_whose_map_is_not_strings_is_refused() => Refused("""{"a": 3}""", "weight_map.a");

    private IReadOnlyDictionary<string, IReadOnlyList<string>> Read(string map) =>
        ShardIndex.Read(_folder.Write("model.safetensors.index.json", $$"""{"metadata": {"total_size": 1}, "weight_map": {{map}}}"""));

    private void Refused(string map, params string[] parts)
    {
        var fault = Assert.Throws<WeightsException>(() => Read(map));
        Assert.All(parts.Append("model.safetensors.index.json"), part => Assert.Contains(part, fault.Message, StringComparison.Ordinal));
    }
}
