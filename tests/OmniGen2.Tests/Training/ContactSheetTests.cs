using OmniGen2.Imaging;
using OmniGen2.Training;

namespace OmniGen2.Tests.Training;

public sealed class ContactSheetTests
{
    [Fact]
    public void Text_is_drawn_within_its_width_whatever_it_says()
    {
        var text = TextDrawing.Draw("a <b>red</b> star & ★\u0001 " + new string('w', 200), width: 150, pixels: 14)!;
        Assert.InRange(text.Width, 100, 150);
        Assert.True(text.Height > 14 * 3);
        Assert.Contains((byte)0x22, text.Pixels);
        Assert.Null(TextDrawing.Draw(" \n", 100, 14));
    }

    [Fact]
    public void Every_row_shows_its_pictures_side_by_side_above_its_caption()
    {
        var sheet = ContactSheetPainter.Paint(new ContactSheet("edits", [new ContactRow([Plain(100, 60, 10), Plain(300, 60, 20)], "make it blue"), new ContactRow([Plain(50, 40, 30)], "")]));
        Assert.Equal([10, 20, 30], new byte[] { 10, 20, 30 }.Where(v => sheet.Pixels.Contains(v)));
        Assert.Equal((10, 20), (At(sheet, 12, 12), At(sheet, 12 + 104, 12)));

        // Between the first row's picture and the second row there are letters.
        Assert.Contains(Enumerable.Range(0, sheet.Width), x => At(sheet, x, 12 + 60 + 4 + 7) < 100);
    }

    [Fact]
    public void Narrow_rows_share_a_line()
    {
        var rows = Enumerable.Range(0, 12).Select(i => new ContactRow([Plain(128, 128, (byte)i)], $"prompt {i}")).ToList();
        var sheet = ContactSheetPainter.Paint(new ContactSheet("t2i", rows));
        Assert.InRange(sheet.Width, 800, 1100);
        Assert.InRange(sheet.Height, 3 * 128, 3 * 190);
    }

    [Fact]
    public void Sheet_without_pictures_is_refused() => Assert.Throws<ModelException>(() => ContactSheetPainter.Paint(new ContactSheet("empty", [])));

    private static RgbImage Plain(int width, int height, byte value)
    {
        var image = new RgbImage(width, height);
        image.Pixels.AsSpan().Fill(value);
        return image;
    }

    private static byte At(RgbImage image, int x, int y) => image.Row(y)[3 * x];
}
