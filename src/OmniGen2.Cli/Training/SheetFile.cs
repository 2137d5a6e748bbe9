using System.Globalization;

namespace OmniGen2.Cli.Training;

/// <summary>A contact sheet on disk: name-step.png.</summary>
internal sealed record SheetFile(string Path, string Name, long Step)
{
    /// <summary>Null for a picture of another name.</summary>
    public static SheetFile? Parse(string path)
    {
        var text = System.IO.Path.GetFileNameWithoutExtension(path);
        var dash = text.LastIndexOf('-');
        return dash > 0 && long.TryParse(text[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var step)
            ? new SheetFile(path, text[..dash], step)
            : null;
    }
}

/// <summary>One kind of sheet over a run.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Files">From the first step.</param>
internal sealed record SheetFiles(string Name, IReadOnlyList<SheetFile> Files);
