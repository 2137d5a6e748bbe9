using System.Buffers.Binary;
using System.Text;

namespace OmniGen2.Tests.Weights;

/// <summary>Makes safetensors files byte by byte, good and bad ones, without the product's writer.</summary>
internal static class SafetensorsCraft
{
    public static byte[] File(string header, int dataBytes) => File(Encoding.UTF8.GetBytes(header), new byte[dataBytes]);

    public static byte[] File(byte[] header, byte[] data)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. header, .. data];
    }

    /// <summary>fp32 tensors, one after the other.</summary>
    public static byte[] Floats(params (string Name, long[] Shape, float[] Values)[] tensors)
    {
        var header = new StringBuilder("{");
        var data = new List<byte>();
        foreach (var (name, shape, values) in tensors)
        {
            var begin = data.Count;
            foreach (var value in values)
            {
                data.AddRange(BitConverter.GetBytes(value));
            }

            header.Append(header.Length > 1 ? "," : "").Append(Entry(name, "F32", shape, begin, data.Count));
        }

        header.Append('}');
        var padded = header.ToString().PadRight((header.Length + 7) / 8 * 8);
        return File(Encoding.UTF8.GetBytes(padded), [.. data]);
    }

    public static string Entry(string name, string dtype, long[] shape, long begin, long end) =>
        $$"""
        "{{name}}":{"dtype":"{{dtype}}","shape":[{{string.Join(",", shape)}}],"data_offsets":[{{begin}},{{end}}]}
        """;
}
