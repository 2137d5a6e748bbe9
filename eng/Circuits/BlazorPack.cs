using System.Buffers.Binary;
using System.Text;

namespace OmniGen2.Circuits;

/// <summary>The few MessagePack forms of the hub protocol that Blazor's circuits speak, each message behind its length.</summary>
internal static class BlazorPack
{
    private const int Invocation = 1;

    /// <summary>A call of the hub; with an id the hub answers it.</summary>
    public static byte[] Call(string? id, string method, params object?[] arguments)
    {
        var body = new MemoryStream();
        body.WriteByte(0x96); // kind, headers, id, method, arguments, streams
        body.WriteByte(Invocation);
        body.WriteByte(0x80);
        Write(body, id);
        Write(body, method);
        body.WriteByte((byte)(0x90 + arguments.Length));
        foreach (var argument in arguments)
        {
            Write(body, argument);
        }

        body.WriteByte(0x90);
        var message = new MemoryStream();
        for (var left = (uint)body.Length; ; left >>= 7)
        {
            message.WriteByte((byte)(left < 0x80 ? left : (left & 0x7f) | 0x80));
            if (left < 0x80)
            {
                break;
            }
        }

        body.WriteTo(message);
        return message.ToArray();
    }

    /// <summary>Cuts the first whole message off; null while it is not all there.</summary>
    public static ReadOnlyMemory<byte>? Cut(ref ReadOnlyMemory<byte> bytes)
    {
        var (length, shift, at) = (0, 0, 0);
        while (at < bytes.Length)
        {
            var next = bytes.Span[at++];
            length |= (next & 0x7f) << shift;
            shift += 7;
            if (next < 0x80)
            {
                if (bytes.Length - at < length)
                {
                    return null;
                }

                var message = bytes.Slice(at, length);
                bytes = bytes[(at + length)..];
                return message;
            }
        }

        return null;
    }

    /// <summary>Any value: nil, bool, whole number, text, bytes, array; maps as their keys and values in turn.</summary>
    public static object? Read(ref ReadOnlySpan<byte> bytes)
    {
        var kind = bytes[0];
        bytes = bytes[1..];
        return kind switch
        {
            < 0x80 => (long)kind,
            < 0x90 => Array(ref bytes, 2 * (kind & 0x0f)),
            < 0xa0 => Array(ref bytes, kind & 0x0f),
            < 0xc0 => Text(ref bytes, kind & 0x1f),
            0xc0 => null,
            0xc2 or 0xc3 => kind == 0xc3,
            0xc4 => Take(ref bytes, (int)Number(ref bytes, 1)).ToArray(),
            0xc5 => Take(ref bytes, (int)Number(ref bytes, 2)).ToArray(),
            0xc6 => Take(ref bytes, (int)Number(ref bytes, 4)).ToArray(),
            0xcc or 0xd0 => Number(ref bytes, 1),
            0xcd or 0xd1 => Number(ref bytes, 2),
            0xce or 0xd2 => Number(ref bytes, 4),
            0xcf or 0xd3 => Number(ref bytes, 8),
            0xd9 => Text(ref bytes, (int)Number(ref bytes, 1)),
            0xda => Text(ref bytes, (int)Number(ref bytes, 2)),
            0xdb => Text(ref bytes, (int)Number(ref bytes, 4)),
            0xdc => Array(ref bytes, (int)Number(ref bytes, 2)),
            >= 0xe0 => (long)(sbyte)kind,
            _ => throw new InvalidDataException($"The hub sent a value of kind {kind:x2}, which this bench does not know."),
        };
    }

    private static object?[] Array(ref ReadOnlySpan<byte> bytes, int count)
    {
        var values = new object?[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = Read(ref bytes);
        }

        return values;
    }

    private static string Text(ref ReadOnlySpan<byte> bytes, int length) => Encoding.UTF8.GetString(Take(ref bytes, length));

    private static long Number(ref ReadOnlySpan<byte> bytes, int length)
    {
        var value = 0L;
        foreach (var each in Take(ref bytes, length))
        {
            value = (value << 8) | each;
        }

        return value;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, int length)
    {
        var taken = bytes[..length];
        bytes = bytes[length..];
        return taken;
    }

    private static void Write(Stream stream, object? value)
    {
        Span<byte> number = stackalloc byte[9];
        switch (value)
        {
            case null:
                stream.WriteByte(0xc0);
                break;
            case bool truth:
                stream.WriteByte(truth ? (byte)0xc3 : (byte)0xc2);
                break;
            case long whole:
                number[0] = 0xd3;
                BinaryPrimitives.WriteInt64BigEndian(number[1..], whole);
                stream.Write(number);
                break;
            default:
                var text = Encoding.UTF8.GetBytes((string)value);
                number[0] = 0xdb;
                BinaryPrimitives.WriteInt32BigEndian(number[1..], text.Length);
                stream.Write(number[..5]);
                stream.Write(text);
                break;
        }
    }
}
