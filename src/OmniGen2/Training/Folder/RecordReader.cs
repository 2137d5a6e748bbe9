using System.Text;
using System.Text.Json;
using OmniGen2.Models.Diffusion;

namespace OmniGen2.Training.Folder;

/// <summary>Reads lists of samples: one JSON object a line, or one JSON array, whatever the file is called.</summary>
internal sealed class RecordReader(string? root, FaultLog faults)
{
    /// <summary>The lists that a path of the config stands for.</summary>
    public static IReadOnlyList<string> ListsAt(string path)
    {
        if (File.Exists(path))
        {
            return Path.GetExtension(path) is ".json" or ".jsonl"
                ? [path]
                : throw new ModelException($"'{path}' is no list of samples: data.files takes .json and .jsonl files and folders of them.");
        }

        if (!Directory.Exists(path))
        {
            throw new ModelException($"'{path}' in data.files is neither a file nor a folder.");
        }

        var lists = Directory.EnumerateFiles(path, "*.json*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".json" or ".jsonl")
            .Order(StringComparer.Ordinal).ToList();
        return lists.Count > 0 ? lists : throw new ModelException($"The folder '{path}' has no list of samples: put a .jsonl file beside the pictures, one object with instruction and output_image a line.");
    }

    /// <summary>The usable records; what is wrong with the others goes to the faults.</summary>
    public IReadOnlyList<FolderRecord> Read(string list)
    {
        try
        {
            var bytes = File.ReadAllBytes(list);
            var text = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsMemory(Encoding.UTF8.Preamble.Length) : bytes;
            return text.Span.TrimStart(" \t\r\n"u8).StartsWith("["u8) ? ReadArray(list, text.Span) : ReadLines(list, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"The list '{list}' cannot be read: {e.Message}", e);
        }
    }

    private List<FolderRecord> ReadLines(string list, ReadOnlyMemory<byte> text)
    {
        var records = new List<FolderRecord>();
        for (var line = 1; !text.IsEmpty; line++)
        {
            var end = text.Span.IndexOf((byte)'\n');
            var bytes = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            if (bytes.Span.TrimStart(" \t\r"u8).IsEmpty)
            {
                continue;
            }

            try
            {
                using var json = JsonDocument.Parse(bytes);
                Add(records, list, line, json.RootElement);
            }
            catch (JsonException e)
            {
                faults.Add(Place(list, line), $"no JSON ({Reason(e)}).");
            }
        }

        return records;
    }

    private List<FolderRecord> ReadArray(string list, ReadOnlySpan<byte> text)
    {
        var records = new List<FolderRecord>();
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        var (line, counted) = (1, 0);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                line += text[counted..(int)reader.TokenStartIndex].Count((byte)'\n');
                counted = (int)reader.TokenStartIndex;
                using var json = JsonDocument.ParseValue(ref reader);
                Add(records, list, line, json.RootElement);
            }
        }
        catch (JsonException e)
        {
            // Where the next sample begins, nobody can tell.
            faults.Add(Place(list, (int)(e.LineNumber ?? 0) + 1), $"no JSON ({Reason(e)}); the rest of the list is lost.");
        }

        return records;
    }

    private void Add(List<FolderRecord> records, string list, int line, JsonElement sample)
    {
        var place = Place(list, line);
        var folder = root ?? Path.GetDirectoryName(Path.GetFullPath(list))!;
        try
        {
            if (sample.ValueKind != JsonValueKind.Object)
            {
                throw new ModelException("it is no object with instruction and output_image.");
            }

            string[] inputs = [.. Inputs(sample).Select(input => Path.GetFullPath(input, folder))];
            var type = sample.TryGetProperty("task_type", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
            records.Add(new FolderRecord(place, type, Text(sample, "instruction"), inputs, Path.GetFullPath(Text(sample, "output_image"), folder)));
        }
        catch (Exception e) when (e is ModelException or ArgumentException)
        {
            faults.Add(place, e.Message);
        }
    }

    private static IEnumerable<string> Inputs(JsonElement sample)
    {
        const string key = "input_images";
        if (!sample.TryGetProperty(key, out var inputs) || inputs.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (inputs.ValueKind != JsonValueKind.Array || inputs.EnumerateArray().Any(input => input.ValueKind != JsonValueKind.String || input.GetString()!.Length == 0))
        {
            throw new ModelException($"{key} is not a list of paths.");
        }

        return inputs.GetArrayLength() <= OmniGen2Transformer.MaxReferences
            ? inputs.EnumerateArray().Select(input => input.GetString()!)
            : throw new ModelException($"{key} has {inputs.GetArrayLength()} pictures and the model knows {OmniGen2Transformer.MaxReferences}.");
    }

    private static string Text(JsonElement sample, string key) =>
        sample.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString())
            ? value.GetString()!
            : throw new ModelException($"{key} is missing or no text.");

    private static string Place(string list, int line) => $"{list}, line {line}";

    // The place within the file is told already, and better.
    private static string Reason(JsonException fault) => fault.Message.Split(" LineNumber:")[0].TrimEnd('.');
}
