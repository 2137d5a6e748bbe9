using OmniGen2.Sampling;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Pipeline;

public class TensorCacheTests
{
    [Fact]
    public void Known_key_is_not_made_again()
    {
        using var scope = NewDisposeScope();
        using var cache = new TensorCache(maxEntries: 2, maxBytes: 1000);
        Assert.Equal(1, cache.GetOrAdd("a", () => [tensor(1f)])[0].item<float>());
        Assert.Equal(1, cache.GetOrAdd("a", () => throw new InvalidOperationException())[0].item<float>());
    }

    [Fact]
    public void The_one_not_asked_for_longest_goes_first()
    {
        using var scope = NewDisposeScope();
        using var cache = new TensorCache(maxEntries: 2, maxBytes: 1000);
        foreach (var key in new[] { "a", "b", "a", "c" })
        {
            cache.GetOrAdd(key, () => [tensor(1f)]);
        }

        var made = new List<string>();
        foreach (var key in new[] { "a", "c", "b" })
        {
            cache.GetOrAdd(key, () =>
            {
                made.Add(key);
                return [tensor(2f)];
            });
        }

        Assert.Equal(["b"], made);
        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public void Bytes_are_bounded_and_what_somebody_holds_survives()
    {
        using var scope = NewDisposeScope();
        using var cache = new TensorCache(maxEntries: 100, maxBytes: 1000);
        var held = cache.GetOrAdd("first", () => [full([100], 7f)])[0];
        for (var i = 0; i < 10; i++)
        {
            cache.GetOrAdd($"{i}", () => [zeros(100)]);
        }

        Assert.Equal(2, cache.Count);
        Assert.Equal(700, held.sum().item<float>());
    }

    [Fact]
    public void Something_larger_than_all_room_is_still_given()
    {
        using var scope = NewDisposeScope();
        using var cache = new TensorCache(maxEntries: 2, maxBytes: 10);
        Assert.Equal(100, cache.GetOrAdd("large", () => [ones(100)])[0].sum().item<float>());
        Assert.Equal(1, cache.Count);
    }
}
