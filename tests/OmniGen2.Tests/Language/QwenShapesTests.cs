using System.Text.Json;
using OmniGen2.Models.Language;
using OmniGen2.Weights;

namespace OmniGen2.Tests.Language;

public class QwenShapesTests
{
    [Fact]
    public void The_released_size_asks_for_exactly_the_published_tensors()
    {
        using var recorder = new ShapeRecorder();
        _ = new Qwen(recorder.Root, new QwenConfig());
        Assert.Equal(File.ReadAllLines(GoldenFile.Path("shapes/mllm.txt")), recorder.Lines());
    }

    [Fact]
    public void The_released_size_has_the_published_number_of_parameters()
    {
        using var recorder = new ShapeRecorder();
        _ = new Qwen(recorder.Root, new QwenConfig());
        using var counts = JsonDocument.Parse(GoldenFile.Text("shapes/counts.json"));
        var expected = counts.RootElement.GetProperty("mllm");
        Assert.Equal(expected.GetProperty("tensors").GetInt32(), recorder.Parameters.Count);
        Assert.Equal(expected.GetProperty("visual_parameters").GetInt64(), Count(name => name.StartsWith("visual.", StringComparison.Ordinal)));
        Assert.Equal(expected.GetProperty("language_parameters").GetInt64(), Count(name => !name.StartsWith("visual.", StringComparison.Ordinal)));

        long Count(Func<string, bool> counted) => recorder.Parameters.Where(p => counted(p.Key)).Sum(p => p.Value.shape.Aggregate(1L, (a, b) => a * b));
    }
}
