using OmniGen2.Cli.Shell;
using OmniGen2.Imaging;
using OmniGen2.Training;

namespace OmniGen2.Cli.Evaluation;

/// <summary>A folder of contact sheets, a PNG file each.</summary>
internal sealed class SheetFolder
{
    private readonly string _folder;

    private SheetFolder(string folder)
    {
        _folder = folder;
    }

    public static SheetFolder Create(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--sheets is '{folder}', which cannot be made: {e.Message}");
        }

        return new SheetFolder(folder);
    }

    public void Write(ContactSheet sheet) =>
        WholeFile.Write(Path.Combine(_folder, $"{sheet.Name}.png"), ImageFile.EncodePng(ContactSheetPainter.Paint(sheet)));
}
