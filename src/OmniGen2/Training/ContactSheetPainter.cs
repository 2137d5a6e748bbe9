using OmniGen2.Imaging;

namespace OmniGen2.Training;

/// <summary>Lays the rows of a sheet out on one picture, side by side where they are narrow, each with its caption underneath.</summary>
public static class ContactSheetPainter
{
    private const int PreferredWidth = 1100;

    private const int NarrowestCell = 192;

    private const int Gap = 12;

    private const int PictureGap = 4;

    private const int LetterPixels = 14;

    /// <summary>The sheet as one picture on white.</summary>
    public static RgbImage Paint(ContactSheet sheet)
    {
        if (sheet.Rows.All(r => r.Pictures.Count == 0))
        {
            throw new ModelException($"The contact sheet '{sheet.Name}' holds no picture.");
        }

        var width = Math.Max(NarrowestCell, sheet.Rows.Max(PicturesWidth));
        var columns = Math.Clamp((PreferredWidth - Gap) / (width + Gap), 1, sheet.Rows.Count);
        var lines = sheet.Rows.Select(row => Cell(row, width)).Chunk(columns).ToList();
        var whole = White(Gap + (columns * (width + Gap)), Gap + lines.Sum(line => line.Max(c => c.Height) + Gap));
        var top = Gap;
        foreach (var line in lines)
        {
            for (var i = 0; i < line.Length; i++)
            {
                Place(line[i], whole, Gap + (i * (width + Gap)), top);
            }

            top += line.Max(c => c.Height) + Gap;
        }

        return whole;
    }

    private static int PicturesWidth(ContactRow row) => row.Pictures.Sum(p => p.Width + PictureGap) - PictureGap;

    private static RgbImage Cell(ContactRow row, int width)
    {
        var caption = TextDrawing.Draw(row.Caption, width, LetterPixels);
        var height = row.Pictures.Select(p => p.Height).DefaultIfEmpty(0).Max();
        var cell = White(width, height + (caption is null ? 0 : PictureGap + caption.Height));
        var left = 0;
        foreach (var picture in row.Pictures)
        {
            Place(picture, cell, left, 0);
            left += picture.Width + PictureGap;
        }

        if (caption is not null)
        {
            Place(caption, cell, 0, height + PictureGap);
        }

        return cell;
    }

    private static RgbImage White(int width, int height)
    {
        var image = new RgbImage(width, height);
        image.Pixels.AsSpan().Fill(255);
        return image;
    }

    private static void Place(RgbImage picture, RgbImage onto, int left, int top)
    {
        for (var y = 0; y < picture.Height; y++)
        {
            picture.Row(y).CopyTo(onto.Row(top + y)[(3 * left)..]);
        }
    }
}
