using OmniGen2.Imaging;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Tests.Training.Folder;

/// <summary>Pictures of the shapes world in files, and lists of them.</summary>
internal sealed class PictureFolder : IDisposable
{
    private readonly TempFolder _folder = new();

    public string Path => _folder.Path;

    public string Skipped => _folder.File("skipped.txt");

    public void Dispose() => _folder.Dispose();

    /// <summary>A drawing stretched to a size.</summary>
    public string Draw(string name, int width = 128, int height = 128, Background background = Background.Meadow)
    {
        var star = new SceneObject(Shape.Star, Colour.Red, Pattern.Plain, ObjectSize.Large, 64, 64);
        return _folder.Write(name, Png(new Scene(background, [star]), width, height));
    }

    /// <summary>The first bytes of a drawing: its header tells the size, its pixels are missing.</summary>
    public string DrawHalf(string name)
    {
        var png = Png(new Scene(Background.Sunset, []), 128, 128);
        return _folder.Write(name, png[..(png.Length / 2)]);
    }

    public string List(string name, params string[] lines) => _folder.Write(name, string.Join('\n', lines));

    public static string Line(string instruction, string output, params string[] inputs) => System.Text.Json.JsonSerializer.Serialize(new
    {
        task_type = inputs.Length == 0 ? "t2i" : "edit",
        instruction,
        input_images = inputs,
        output_image = output,
    });

    private static byte[] Png(Scene scene, int width, int height) => ImageFile.EncodePng(PillowResize.Resize(ScenePainter.Paint(scene), width, height, ResizeFilter.Bicubic));
}
