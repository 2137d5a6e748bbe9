using System.Text.Json;

namespace OmniGen2.Weights;

/// <summary>Turns the header's JSON into entries and refuses whatever would read outside the file or read one byte as two tensors.</summary>
internal sealed class SafetensorsHeaderParser(string path, long dataStart, long fileLength)
{
    private const int MaxDimensions = 16;

    private const string MetadataKey = "__metadata__";

    public List<SafetensorsEntry> Entries(JsonElement root, out Dictionary<string, string> metadata)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Fault($"has a header that is a JSON {root.ValueKind} instead of an object");
        }

        metadata = [];
        var entries = new List<SafetensorsEntry>();
        var names = new HashSet<string>();
        foreach (var property in root.EnumerateObject())
        {
            if (!names.Add(property.Name))
            {
                throw Fault($"lists tensor '{property.Name}' twice");
            }

            if (property.Name == MetadataKey)
            {
                metadata = Metadata(property.Value);
            }
            else
            {
                entries.Add(Entry(property.Name, property.Value));
            }
        }

        return Contiguous(entries);
    }

    private Dictionary<string, string> Metadata(JsonElement element)
    {
        var metadata = new Dictionary<string, string>();
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Fault($"has metadata that is a JSON {element.ValueKind} instead of an object of strings");
        }

        foreach (var property in element.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String)
            {
                throw Fault($"has metadata '{property.Name}' that is a JSON {property.Value.ValueKind} instead of a string");
            }

            metadata[property.Name] = property.Value.GetString()!;
        }

        return metadata;
    }

    private SafetensorsEntry Entry(string name, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object
            || element.EnumerateObject().Count() != 3
            || !element.TryGetProperty("dtype", out var dtype) || dtype.ValueKind != JsonValueKind.String
            || !element.TryGetProperty("shape", out var shape) || shape.ValueKind != JsonValueKind.Array
            || !element.TryGetProperty("data_offsets", out var offsets) || offsets.ValueKind != JsonValueKind.Array
            || offsets.GetArrayLength() != 2)
        {
            throw Fault($"describes tensor '{name}' by something other than dtype, shape and two data_offsets");
        }

        var type = dtype.GetString()!;
        var size = SafetensorsTypes.Size(type)
            ?? throw Fault($"gives tensor '{name}' the unknown element type '{type}' (known: {string.Join(", ", SafetensorsTypes.Names)})");
        var dimensions = shape.EnumerateArray().Select(d => Number(name, d)).ToArray();
        var begin = Number(name, offsets[0]);
        var end = Number(name, offsets[1]);
        var length = Length(name, dimensions, size);
        if (end - begin != length)
        {
            throw Fault($"gives tensor '{name}' {end - begin} bytes ({begin} to {end}), but {type} [{string.Join(", ", dimensions)}] takes {length}");
        }

        if (end > fileLength - dataStart)
        {
            throw Fault($"has tensor '{name}' end at byte {end} of the data, which is {fileLength - dataStart} bytes long: it is truncated", damaged: false);
        }

        return new SafetensorsEntry(name, type, dimensions, dataStart + begin, length);
    }

    private long Number(string name, JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var value) && value >= 0
            ? value
            : throw Fault($"gives tensor '{name}' the number {element} where a whole number from 0 up is needed");

    private long Length(string name, long[] dimensions, int size)
    {
        if (dimensions.Length > MaxDimensions)
        {
            throw Fault($"gives tensor '{name}' {dimensions.Length} dimensions, more than {MaxDimensions}");
        }

        try
        {
            return dimensions.Contains(0) ? 0 : dimensions.Aggregate((long)size, (product, d) => checked(product * d));
        }
        catch (OverflowException)
        {
            throw Fault($"gives tensor '{name}' the shape [{string.Join(", ", dimensions)}], more bytes than can be counted");
        }
    }

    // The format allows no overlaps, no holes and nothing behind the last tensor: all three are how hidden or damaged data shows.
    private List<SafetensorsEntry> Contiguous(List<SafetensorsEntry> entries)
    {
        var ordered = entries.OrderBy(e => e.Offset).ThenBy(e => e.Length).ToList();
        var position = dataStart;
        var previous = "the header";
        foreach (var entry in ordered)
        {
            if (entry.Offset != position)
            {
                var word = entry.Offset < position ? "overlaps" : "leaves a hole behind";
                throw Fault($"has tensor '{entry.Name}' begin at byte {entry.Offset - dataStart} of the data where byte {position - dataStart} was due: it {word} '{previous}'");
            }

            position = entry.Offset + entry.Length;
            previous = entry.Name;
        }

        return position == fileLength
            ? ordered
            : throw Fault($"has {fileLength} bytes, but its last tensor '{previous}' ends at byte {position}");
    }

    private WeightsException Fault(string what, bool damaged = true) =>
        new($"{path} {what}{(damaged ? ": it is damaged" : "")}; download it again.");
}
