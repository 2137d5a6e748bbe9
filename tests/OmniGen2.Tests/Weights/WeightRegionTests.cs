using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Weights;

public sealed class WeightRegionTests : IDisposable
{
    private const int Count = 1 << 20;

    private readonly TempFolder _folder = new();

    private readonly string _path;

    public WeightRegionTests()
    {
        _path = _folder.File("model.safetensors");
        using var a = arange(Count, dtype: ScalarType.Float32);
        using var b = ones(Count);
        SafetensorsWriter.Save(_path, new Dictionary<string, Tensor> { ["a.weight"] = a, ["a.weight2"] = a, ["b.weight"] = b });
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Region_covers_what_was_made_below_its_scope_even_later()
    {
        using var source = SafetensorsSource.Open(_path);
        var region = source.Root["a"].Region();
        source.Root["a"].Parameter("weight", Count);
        source.Root["b"].Parameter("weight", Count);
        Assert.Equal(Count * 4, region.Length);
        Assert.Equal(2 * Count * 4, source.Root.Region().Length);
    }

    [Fact]
    public void Released_pages_leave_memory_and_come_back_with_the_same_values()
    {
        using var source = SafetensorsSource.Open(_path);
        var weight = source.Root["a"].Parameter("weight", Count);
        var region = source.Root["a"].Region();
        var sum = weight.sum().item<float>();
        var resident = Resident();
        region.Release();
        Assert.True(Resident() <= resident - (Count * 4) + (64 * 1024), $"{Resident()} of {resident} bytes are still resident.");
        region.Prefetch();
        Assert.Equal(sum, weight.sum().item<float>());
    }

    [Fact]
    public void Pages_that_are_being_read_ahead_are_released_all_the_same()
    {
        using var source = SafetensorsSource.Open(_path);
        var weight = source.Root["a"].Parameter("weight", Count);
        var region = source.Root["a"].Region();
        var sum = weight.sum().item<float>();
        var resident = Resident();
        region.Prefetch();
        region.Release();
        Assert.True(Resident() <= resident - (Count * 4) + (64 * 1024), $"{Resident()} of {resident} bytes are still resident.");
        Assert.Equal(sum, weight.sum().item<float>());
    }

    [Fact]
    public void Converted_parameters_have_nothing_to_stream()
    {
        using var source = SafetensorsSource.Open(_path, new SafetensorsOptions { DType = ScalarType.BFloat16 });
        source.Root["a"].Parameter("weight", Count);
        var region = source.Root.Region();
        Assert.Equal(0, region.Length);
        region.Prefetch();
        region.Release();
    }

    // Bytes of this file that the kernel counts as mapped and resident in this process.
    private long Resident()
    {
        var inFile = false;
        var total = 0L;
        foreach (var line in File.ReadLines("/proc/self/smaps"))
        {
            if (line.Contains('-', StringComparison.Ordinal) && line.Contains(' ', StringComparison.Ordinal) && !line.Split(' ')[0].EndsWith(':'))
            {
                inFile = line.EndsWith(_path, StringComparison.Ordinal);
            }
            else if (inFile && line.StartsWith("Rss:", StringComparison.Ordinal))
            {
                total += 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        return total;
    }
}
