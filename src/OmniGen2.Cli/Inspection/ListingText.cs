using System.Globalization;
using System.Text.Json.Nodes;

namespace OmniGen2.Cli.Inspection;

/// <summary>A listing for people.</summary>
internal static class ListingText
{
    private const int KeyWidth = 28;

    private const int BytesWidth = 16;

    public static void Write(CheckpointListing listing, TextWriter output, bool withTensors)
    {
        output.WriteLine(listing.Path);
        foreach (var part in listing.Parts)
        {
            output.WriteLine();
            WritePart(part, output, withTensors);
        }

        output.WriteLine();
        output.WriteLine("files");
        foreach (var file in listing.Files)
        {
            output.WriteLine($"{Count(file.Bytes),BytesWidth}  {file.Path}{(file.Sha256 is null ? "" : $"  {file.Sha256}")}");
        }

        output.WriteLine();
        output.WriteLine($"in all  {Count(listing.Parameters)} parameters, {listing.Files.Count} files, {Size(listing.Bytes)}");
    }

    private static void WritePart(PartListing part, TextWriter output, bool withTensors)
    {
        var weights = part.Tensors.Count == 0
            ? ""
            : $"  {Count(part.Parameters)} parameters in {Count(part.Tensors.Count)} tensors, {string.Join(" and ", part.Types)}, {Size(part.Bytes)}";
        output.WriteLine($"{part.Name}  {part.Class}{weights}");
        foreach (var (key, value) in part.Config.Where(p => !p.Key.StartsWith('_')))
        {
            output.WriteLine($"    {key.PadRight(KeyWidth)} {Value(value)}");
        }

        foreach (var tensor in withTensors ? part.Tensors : [])
        {
            output.WriteLine($"    {tensor.Name}\t[{string.Join(", ", tensor.Shape)}]\t{tensor.DType}");
        }
    }

    private static string Value(JsonNode? value) => value switch
    {
        null => "null",
        JsonValue text when text.TryGetValue<string>(out var plain) => plain,
        _ => value.ToJsonString(),
    };

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Size(long bytes) => bytes switch
    {
        < 1L << 20 => FormattableString.Invariant($"{bytes / 1024.0:0.#} KiB"),
        < 1L << 30 => FormattableString.Invariant($"{bytes / (double)(1L << 20):0.#} MiB"),
        _ => FormattableString.Invariant($"{bytes / (double)(1L << 30):0.##} GiB"),
    };
}
