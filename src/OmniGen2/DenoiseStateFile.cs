using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OmniGen2;

/// <summary>A <see cref="DenoiseState"/> as safetensors: its tensors, the numbers in the metadata, and a digest of all.</summary>
internal static class DenoiseStateFile
{
    private const string Format = "omnigen2-denoise-state";
    private const int Version = 1;
    private const string LatentsName = "latents";
    private const string HistoryPrefix = "history.";
    private const int LargestHeader = 1 << 20;

    /// <summary>Stands where the digest will be while the digest is taken.</summary>
    private static readonly string NoDigest = new('0', 64);

    public static byte[] Write(DenoiseState state)
    {
        var header = new JsonObject();
        using var data = new MemoryStream();
        var latents = state.Latents;
        Append(header, data, LatentsName, new StateTensor(
            "F32", [latents.Channels, latents.Height, latents.Width], MemoryMarshal.AsBytes<float>(latents.Values).ToArray()));
        foreach (var (name, tensor) in state.History.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            Append(header, data, HistoryPrefix + name, tensor);
        }

        header["__metadata__"] = new JsonObject
        {
            ["format"] = Format,
            ["version"] = Version.ToString(CultureInfo.InvariantCulture),
            ["step"] = state.Step.ToString(CultureInfo.InvariantCulture),
            ["count"] = state.Count.ToString(CultureInfo.InvariantCulture),
            ["fingerprint"] = state.Fingerprint,
            ["sha256"] = NoDigest,
        };
        var text = header.ToJsonString();
        var headerBytes = Encoding.UTF8.GetBytes(text.Replace(NoDigest, Digest(Encoding.UTF8.GetBytes(text), data.ToArray())));
        var file = new byte[8 + headerBytes.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, headerBytes.Length);
        headerBytes.CopyTo(file, 8);
        data.ToArray().CopyTo(file, 8 + headerBytes.Length);
        return file;
    }

    public static DenoiseState Read(byte[] file)
    {
        try
        {
            return Parse(file);
        }
        catch (Exception e) when (e is JsonException or FormatException or OverflowException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw Damaged(e.Message, e);
        }
    }

    private static DenoiseState Parse(byte[] file)
    {
        var headerLength = file.Length < 8 ? 0 : BinaryPrimitives.ReadInt64LittleEndian(file);
        if (headerLength is <= 0 or > LargestHeader || headerLength > file.Length - 8)
        {
            throw Damaged($"its {file.Length} bytes do not hold a header");
        }

        var headerBytes = file.AsMemory(8, (int)headerLength);
        using var header = JsonDocument.Parse(headerBytes);
        var data = file.AsSpan(8 + (int)headerLength);
        var metadata = Metadata(header.RootElement);
        var digest = metadata["sha256"];
        if (digest.Length != NoDigest.Length || Digest(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(headerBytes.Span).Replace(digest, NoDigest)), data) != digest)
        {
            throw Damaged($"the digest of its {file.Length} bytes is another one");
        }

        var latents = Tensor(header.RootElement.GetProperty(LatentsName), data);
        if (latents is not { DType: "F32", Shape.Length: 3 })
        {
            throw Damaged($"its latents are {latents.DType} with {latents.Shape.Length} dimensions instead of F32 with 3");
        }

        var state = new DenoiseState
        {
            Step = int.Parse(metadata["step"], CultureInfo.InvariantCulture),
            Count = int.Parse(metadata["count"], CultureInfo.InvariantCulture),
            Fingerprint = metadata["fingerprint"],
            Latents = new LatentImage(
                (int)latents.Shape[0], (int)latents.Shape[1], (int)latents.Shape[2], MemoryMarshal.Cast<byte, float>(latents.Bytes).ToArray()),
            History = History(header.RootElement, data),
        };
        return state.Step >= 0 && state.Step <= state.Count ? state : throw Damaged($"it stands at step {state.Step} of {state.Count}");
    }

    private static Dictionary<string, string> Metadata(JsonElement header)
    {
        if (!header.TryGetProperty("__metadata__", out var element) || !element.TryGetProperty("format", out var format) || format.GetString() != Format)
        {
            throw new ModelException("This is not a saved state of a picture in the making: start the picture again.");
        }

        var metadata = element.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString() ?? "");
        var version = metadata["version"];
        return version == Version.ToString(CultureInfo.InvariantCulture)
            ? metadata
            : throw new ModelException($"The saved state has version {version} and this program reads {Version}: go on with the program that began it, or start the picture again.");
    }

    private static Dictionary<string, StateTensor> History(JsonElement header, ReadOnlySpan<byte> data)
    {
        var history = new Dictionary<string, StateTensor>();
        foreach (var property in header.EnumerateObject().Where(p => p.Name.StartsWith(HistoryPrefix, StringComparison.Ordinal)))
        {
            history[property.Name[HistoryPrefix.Length..]] = Tensor(property.Value, data);
        }

        return history;
    }

    private static void Append(JsonObject header, MemoryStream data, string name, StateTensor tensor)
    {
        var begin = data.Length;
        data.Write(tensor.Bytes);
        header[name] = new JsonObject
        {
            ["dtype"] = tensor.DType,
            ["shape"] = new JsonArray([.. tensor.Shape.Select(d => JsonValue.Create(d))]),
            ["data_offsets"] = new JsonArray(begin, data.Length),
        };
    }

    private static StateTensor Tensor(JsonElement entry, ReadOnlySpan<byte> data)
    {
        var dtype = entry.GetProperty("dtype").GetString()!;
        long[] shape = [.. entry.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64())];
        var begin = entry.GetProperty("data_offsets")[0].GetInt64();
        var end = entry.GetProperty("data_offsets")[1].GetInt64();
        var count = shape.Aggregate(1L, (product, d) => d < 0 ? throw Damaged("a shape is negative") : checked(product * d));
        return begin >= 0 && begin <= end && end <= data.Length && end - begin == checked(count * Size(dtype))
            ? new StateTensor(dtype, shape, data[(int)begin..(int)end].ToArray())
            : throw Damaged($"a tensor of {count} × {dtype} has the bytes {begin} to {end} of {data.Length}");
    }

    private static string Digest(ReadOnlySpan<byte> header, ReadOnlySpan<byte> data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        hash.AppendData(data);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static int Size(string dtype) => dtype switch
    {
        "F64" or "I64" => 8,
        "F32" or "I32" => 4,
        "BF16" or "F16" => 2,
        "U8" or "BOOL" => 1,
        _ => throw Damaged($"it names the number type '{dtype}'"),
    };

    private static ModelException Damaged(string what, Exception? inner = null) =>
        new($"The saved state is damaged ({what}): start the picture again.", inner!);
}
