using System.Buffers.Binary;
using System.Text;

namespace OmniGen2.Circuits;

/// <summary>An element that came with a change of a page.</summary>
/// <param name="Name">Its tag.</param>
/// <param name="Attributes">Those that are texts; of one that is only there, "".</param>
/// <param name="Events">By name without "on", what the studio calls who hears it.</param>
internal sealed record RenderedElement(string Name, Dictionary<string, string> Attributes, Dictionary<string, long> Events)
{
    private const int Trailer = 20;
    private const int FrameLength = 20;

    private enum Frame
    {
        Element = 1,
        Attribute = 3,
    }

    public string? this[string attribute] => Attributes.GetValueOrDefault(attribute);

    /// <summary>Those of a change in Blazor's binary form: five offsets at the end lead to frames of 20 bytes and to a table of texts.</summary>
    public static IReadOnlyList<RenderedElement> Of(ReadOnlySpan<byte> change)
    {
        var (frames, texts) = (Number(change, change.Length - Trailer + 4), Number(change, change.Length - 4));
        var elements = new List<RenderedElement>();
        RenderedElement? last = null;
        for (var (i, at) = (0, frames + 4); i < Number(change, frames); i++, at += FrameLength)
        {
            switch ((Frame)Number(change, at))
            {
                case Frame.Element:
                    elements.Add(last = new RenderedElement(Text(change, texts, Number(change, at + 8))!, [], []));
                    break;
                case Frame.Attribute when last is not null:
                    last.Add(Text(change, texts, Number(change, at + 4))!, Text(change, texts, Number(change, at + 8)), BinaryPrimitives.ReadInt64LittleEndian(change[(at + 12)..]));
                    break;
                default:
                    last = null;
                    break;
            }
        }

        return elements;
    }

    /// <summary>Who no longer hears anything.</summary>
    public static IReadOnlySet<long> Deaf(ReadOnlySpan<byte> change)
    {
        var (at, deaf) = (Number(change, change.Length - 8), new HashSet<long>());
        for (var i = 0; i < Number(change, at); i++)
        {
            deaf.Add(BinaryPrimitives.ReadInt64LittleEndian(change[(at + 4 + (8 * i))..]));
        }

        return deaf;
    }

    private static int Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);

    private static string? Text(ReadOnlySpan<byte> bytes, int table, int index)
    {
        if (index < 0)
        {
            return null;
        }

        var (at, length, shift) = (Number(bytes, table + (4 * index)), 0, 0);
        byte next;
        do
        {
            next = bytes[at++];
            length |= (next & 0x7f) << shift;
            shift += 7;
        }
        while (next >= 0x80);

        return Encoding.UTF8.GetString(bytes.Slice(at, length));
    }

    private void Add(string name, string? value, long handler)
    {
        if (handler != 0)
        {
            Events[name["on".Length..]] = handler;
        }
        else
        {
            Attributes[name] = value ?? "";
        }
    }
}
