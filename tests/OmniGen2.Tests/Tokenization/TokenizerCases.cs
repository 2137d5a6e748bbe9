using System.Text.Json;
using OmniGen2.Tokenization;

namespace OmniGen2.Tests.Tokenization;

/// <summary>The tokenizers that the recorded cases were made with, loaded once, and the cases themselves.</summary>
internal static class TokenizerCases
{
    private static readonly Lazy<BytePairTokenizer> TinyTokenizer = new(() => BytePairTokenizer.Load(GoldenFile.Path("tiny-omnigen2/processor")));
    private static readonly Lazy<BytePairTokenizer> RealTokenizer = new(() => BytePairTokenizer.Load(GoldenFile.Path("tokenizer/qwen25")));

    public static BytePairTokenizer Tiny => TinyTokenizer.Value;

    public static BytePairTokenizer Real => RealTokenizer.Value;

    public static BytePairTokenizer Of(string name) => name switch
    {
        "tiny" => Tiny,
        "qwen25" => Real,
        _ => throw new ArgumentException($"No recorded tokenizer '{name}'.", nameof(name)),
    };

    public static JsonElement[] Read(string file, out JsonElement root)
    {
        root = JsonDocument.Parse(GoldenFile.Text(file)).RootElement;
        return [.. root.GetProperty("cases").EnumerateArray()];
    }

    public static JsonElement[] Read(string file) => Read(file, out _);

    public static string String(this JsonElement value, string key) => value.GetProperty(key).GetString()!;

    public static int[] Ints(this JsonElement value, string key) => value.GetProperty(key).Ints();

    public static int[] Ints(this JsonElement value) => [.. value.EnumerateArray().Select(item => item.GetInt32())];

    /// <summary>Compares every case before it fails, and names the first few that differ.</summary>
    public static void AllEqual(IReadOnlyCollection<JsonElement> cases, Func<JsonElement, (object? Expected, object? Actual)> compare)
    {
        Assert.NotEmpty(cases);
        var wrong = new List<string>();
        foreach (var item in cases)
        {
            var (expected, actual) = compare(item);
            var (wanted, got) = (JsonSerializer.Serialize(expected), JsonSerializer.Serialize(actual));
            if (wanted != got)
            {
                wrong.Add($"{item.GetProperty("name")}: expected {wanted}, got {got}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {cases.Count} cases differ:\n{string.Join('\n', wrong.Take(5))}");
    }
}
