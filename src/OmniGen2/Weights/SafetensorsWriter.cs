using System.Buffers.Binary;
using System.Text.Json;
using static TorchSharp.torch;

namespace OmniGen2.Weights;

/// <summary>Writes safetensors files whole or not at all: into a file beside the target that takes its name at the end.</summary>
public static class SafetensorsWriter
{
    private const int Alignment = 8;

    private const long PieceBytes = 64 << 20;

    public static void Save(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null) =>
        Save(path, [.. tensors.Select(t => new SafetensorsItem(t.Key, t.Value.dtype, t.Value.shape, () => t.Value.alias()))], metadata);

    /// <summary>Items are written in order of element size, then name, so that every tensor is aligned.</summary>
    public static void Save(string path, IReadOnlyList<SafetensorsItem> items, IReadOnlyDictionary<string, string>? metadata = null)
    {
        SafetensorsItem[] ordered = [.. items.OrderByDescending(i => SafetensorsTypes.Size(i.DType)).ThenBy(i => i.Name, StringComparer.Ordinal)];
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = File.Create(temporary))
            {
                WriteHeader(file, ordered, metadata);
                foreach (var item in ordered)
                {
                    WriteTensor(file, item);
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WeightsException($"{path} cannot be written ({ordered.Sum(Length)} bytes): {e.Message.TrimEnd('.')}; free some disk or choose another place.", e);
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }

    private static void WriteHeader(FileStream file, SafetensorsItem[] items, IReadOnlyDictionary<string, string>? metadata)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                writer.WritePropertyName("__metadata__");
                JsonSerializer.Serialize(writer, metadata);
            }

            var offset = 0L;
            foreach (var item in items)
            {
                WriteEntry(writer, item, offset);
                offset += Length(item);
            }

            writer.WriteEndObject();
        }

        while (json.Length % Alignment != 0)
        {
            json.WriteByte((byte)' ');
        }

        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        file.Write(length);
        json.WriteTo(file);
    }

    private static void WriteEntry(Utf8JsonWriter writer, SafetensorsItem item, long offset)
    {
        writer.WriteStartObject(item.Name);
        writer.WriteString("dtype", SafetensorsTypes.Name(item.DType));
        writer.WriteStartArray("shape");
        foreach (var dimension in item.Shape)
        {
            writer.WriteNumberValue(dimension);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("data_offsets");
        writer.WriteNumberValue(offset);
        writer.WriteNumberValue(offset + Length(item));
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteTensor(FileStream file, SafetensorsItem item)
    {
        using var scope = NewDisposeScope();
        var tensor = item.Make();
        if (tensor.dtype != item.DType || !tensor.shape.AsSpan().SequenceEqual(item.Shape))
        {
            throw new WeightsException($"Tensor '{item.Name}' was announced as {item.DType} {Shapes.Text(item.Shape)} but is {tensor.dtype} {Shapes.Text(tensor.shape)}; nothing was written.");
        }

        var flat = tensor.detach().cpu().contiguous().view(-1);
        var piece = PieceBytes / SafetensorsTypes.Size(item.DType);
        for (var start = 0L; start < flat.numel(); start += piece)
        {
            using var part = flat.narrow(0, start, Math.Min(piece, flat.numel() - start));
            file.Write(part.bytes);
        }
    }

    private static long Length(SafetensorsItem item) => item.Shape.Aggregate((long)SafetensorsTypes.Size(item.DType), (product, d) => product * d);
}
