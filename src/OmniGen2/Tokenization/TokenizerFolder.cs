using System.IO.Compression;
using System.Text.Json;

namespace OmniGen2.Tokenization;

/// <summary>Opens the files of a tokenizer, compressed (.gz) or not; whatever is wrong inside one becomes a sentence that names it.</summary>
internal sealed class TokenizerFolder
{
    public const string Remedy = "copy the checkpoint's processor folder again";

    public TokenizerFolder(string path)
    {
        Path = path;
        if (!Directory.Exists(path))
        {
            throw new ModelException($"There is no tokenizer folder '{path}': {Remedy}.");
        }
    }

    public string Path { get; }

    public string? Find(string name)
    {
        var path = System.IO.Path.Combine(Path, name);
        return File.Exists(path) ? path : File.Exists(path + ".gz") ? path + ".gz" : null;
    }

    /// <summary>Reads one of the folder's files as JSON if it is there; null otherwise.</summary>
    public T? ReadJson<T>(string name, Func<JsonElement, T> read)
        where T : class => Find(name) is { } path ? ReadJson(path, name, read) : null;

    public static T Read<T>(string path, Func<Stream, T> read)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var content = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
            return read(content);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or InvalidOperationException or KeyNotFoundException
            or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"The tokenizer file {path} cannot be read ({e.Message.TrimEnd('.')}): {Remedy}.", e);
        }
    }

    private static T ReadJson<T>(string path, string name, Func<JsonElement, T> read) => Read(path, stream =>
    {
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? read(document.RootElement)
            : throw new InvalidDataException($"{name} is a JSON {document.RootElement.ValueKind}, not an object");
    });
}
