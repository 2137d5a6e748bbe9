using System.Net;
using static System.FormattableString;

namespace OmniGen2.Imaging;

/// <summary>Text as a picture, drawn by libvips with the fonts of the machine.</summary>
public static class TextDrawing
{
    private const int MostCharacters = 1000;

    private const byte Ink = 0x22;

    /// <summary>Dark text on white, broken into lines. Its picture is as large as the text, null for a blank one.</summary>
    /// <param name="text">Plain text in any script that a font is installed for; its end is left out beyond a thousand characters.</param>
    /// <param name="width">Most pixels in a line.</param>
    /// <param name="pixels">Size of the letters.</param>
    public static RgbImage? Draw(string text, int width, int pixels)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        Vips.Require();
        using var operation = new VipsOperation("text")
            .Input("text", Markup(text))
            .Input("font", Invariant($"sans {pixels}px"))
            .Options(Invariant($"width={width},wrap=word-char"));
        using var mask = operation.RunToImage();
        var image = new RgbImage(Math.Min(mask.Width, width), mask.Height);
        var stride = mask.Width;
        return mask.WithSamples(samples =>
        {
            for (var y = 0; y < image.Height; y++)
            {
                Paint(samples.Slice(y * stride, image.Width), image.Row(y));
            }

            return image;
        });
    }

    private static void Paint(ReadOnlySpan<byte> cover, Span<byte> row)
    {
        for (var x = 0; x < cover.Length; x++)
        {
            row.Slice(3 * x, 3).Fill((byte)(255 - ((255 - Ink) * cover[x] / 255)));
        }
    }

    // libvips reads Pango's markup, which knows no control characters.
    private static string Markup(string text)
    {
        var shown = text.Length > MostCharacters ? $"{text[..MostCharacters].TrimEnd()} …" : text;
        return WebUtility.HtmlEncode(string.Concat(shown.Select(c => char.IsControl(c) && c != '\n' ? ' ' : c)));
    }
}
