using System.Globalization;
using System.Text.Json;
using OmniGen2.Cli.Shell;
using OmniGen2.Imaging;
using OmniGen2.Training;

namespace OmniGen2.Cli.Training;

/// <summary>The folder of a run, beyond what the trainer keeps there: its facts, contact sheets, checkpoint and report.</summary>
internal sealed class TrainingFolder(string path)
{
    private const string SheetsName = "sheets";

    public string Path { get; } = path;

    public string Checkpoint => File("checkpoint");

    public string Report => File("report.html");

    public string Config => File("config.json");

    /// <summary>Sheets by name, each with its files from the oldest step to the newest.</summary>
    public IReadOnlyList<SheetFiles> Sheets => !Directory.Exists(File(SheetsName)) ? [] :
    [
        .. Directory.EnumerateFiles(File(SheetsName), "*.png").Order(StringComparer.Ordinal).Select(SheetFile.Parse).OfType<SheetFile>()
            .GroupBy(f => f.Name, (name, files) => new SheetFiles(name, [.. files.OrderBy(f => f.Step)])),
    ];

    /// <summary>A path in the folder as a link beside the report has it.</summary>
    public string Relative(string file) => System.IO.Path.GetRelativePath(Path, file).Replace('\\', '/');

    /// <summary>Null for a run that ended before it had any.</summary>
    public RunFacts? Facts => System.IO.File.Exists(File("run.json")) ? StrictJson.Load<RunFacts>(File("run.json")) : null;

    /// <summary>Makes the folder ready for a new run or for one that goes on; one that goes on from elsewhere is copied.</summary>
    public void Prepare(string? resume)
    {
        if (resume is null)
        {
            TrainingStateFile.RefuseToReplace(Path);
        }
        else if (System.IO.Path.GetFullPath(resume).TrimEnd('/') != System.IO.Path.GetFullPath(Path).TrimEnd('/'))
        {
            TrainingStateFile.Copy(resume, Path);
        }

        Written(Path, () =>
        {
            Directory.CreateDirectory(File(SheetsName));
            Recover();
        });
    }

    /// <summary>Keeps what the report tells about a run.</summary>
    public void Describe(RunFacts facts, string config)
    {
        WholeFile.Write(File("run.json"), JsonSerializer.SerializeToUtf8Bytes(facts, StrictJson.Format));
        WholeFile.Write(Config, System.IO.File.ReadAllBytes(config));
    }

    public void AddSheet(ContactSheet sheet, long step) =>
        WholeFile.Write(File(string.Create(CultureInfo.InvariantCulture, $"{SheetsName}/{sheet.Name}-{step:D8}.png")), ImageFile.EncodePng(ContactSheetPainter.Paint(sheet)));

    /// <summary>Puts a whole checkpoint in the place of the one before. Nobody ever sees half of one, whenever the power fails.</summary>
    /// <param name="export">Writes a checkpoint into a folder that it makes.</param>
    public void ReplaceCheckpoint(Action<string> export) => Written(Checkpoint, () =>
    {
        Delete(New);
        export(New);
        Delete(Old);
        if (Directory.Exists(Checkpoint))
        {
            Directory.Move(Checkpoint, Old);
        }

        Directory.Move(New, Checkpoint);
        Delete(Old);
    });

    private string New => Checkpoint + ".new";

    private string Old => Checkpoint + ".old";

    // A process that died between the two renames left the old checkpoint aside.
    private void Recover()
    {
        if (Directory.Exists(Old) && !Directory.Exists(Checkpoint))
        {
            Directory.Move(Old, Checkpoint);
        }

        Delete(New);
        Delete(Old);
    }

    private string File(string name) => System.IO.Path.Combine(Path, name);

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Written(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{path} cannot be written: {e.Message.TrimEnd('.')}. Free some disk or choose another place with --out.", e);
        }
    }
}
