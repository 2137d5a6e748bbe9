using System.Text.Json;
using OmniGen2.Imaging;
using OmniGen2.Models.Language;

namespace OmniGen2.Tests.Language;

/// <summary>The recorded prompts of the tiny model, as the product takes them.</summary>
internal static class QwenCases
{
    public static readonly string[] Names = ["text", "image_a", "image_b", "images_ab", "images_ba"];

    public static readonly QwenConfig Config = QwenConfig.Load(GoldenFile.Path("tiny-omnigen2/mllm/config.json"));

    public static readonly GenerationOptions Options = GenerationOptions.Load(GoldenFile.Path("tiny-omnigen2/mllm/generation_config.json"));

    public static readonly JsonElement Index = JsonDocument.Parse(GoldenFile.Text("qwen-tiny/cases.json")).RootElement;

    public static TheoryData<string> All => [.. Names];

    public static TheoryData<string> Batches => [.. Index.GetProperty("batches").EnumerateObject().Select(b => b.Name)];

    public static GoldenTensors Open(string name) => GoldenTensors.Open($"qwen-tiny/{name}.safetensors");

    public static QwenImage Image(string letter)
    {
        var golden = Open($"image_{letter}");
        var grid = golden.Longs("image_grid_thw");
        return new QwenImage((int)grid[0], (int)grid[1], (int)grid[2], golden.Floats("pixel_values"));
    }

    public static IReadOnlyList<QwenImage> Images(JsonElement letters) => [.. letters.EnumerateArray().Select(l => Image(l.GetString()!))];

    public static QwenPrompt Prompt(string name) =>
        new([.. Open(name).Longs("input_ids").Select(i => (int)i)], Images(Index.GetProperty("cases").GetProperty(name).GetProperty("images")));

    /// <summary>The rows of a padded batch, each alone, and where its valid tokens stand in the batch.</summary>
    public static IEnumerable<(QwenPrompt Prompt, int[] Columns)> Rows(string batch)
    {
        var golden = Open(batch);
        var (ids, mask, width) = (golden.Longs("input_ids"), golden.Longs("attention_mask"), (int)golden.Shape("input_ids")[1]);
        var images = Index.GetProperty("batches").GetProperty(batch).GetProperty("images");
        for (var row = 0; row < images.GetArrayLength(); row++)
        {
            var columns = Enumerable.Range(0, width).Where(c => mask[(row * width) + c] == 1).ToArray();
            yield return (new QwenPrompt([.. columns.Select(c => (int)ids[(row * width) + c])], Images(images[row])), columns);
        }
    }
}
