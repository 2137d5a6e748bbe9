using Microsoft.Extensions.Options;
using OmniGen2.Web.History;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Hosting;

/// <summary>What the program does besides running the studio: `history rebuild`, `backup FILE` and `restore FILE`.</summary>
public static class StudioCommand
{
    private const int WrongUse = 2;
    private const string Backup = "backup";
    private const string Restore = "restore";

    /// <summary>Does what the words among the arguments say. Without such words it takes the data folder, and ends where that cannot be had.</summary>
    /// <returns>The exit code; null when the studio is to be run.</returns>
    public static int? RunCommand(this WebApplication app, string[] args)
    {
        if (args.Contains(Backup) || args.Contains(Restore))
        {
            return StudioRun.Explain(() => Archive(app, args));
        }

        if (!args.Contains("history"))
        {
            return StudioRun.Explain(() => _ = app.Services.GetRequiredService<DataFolder>()) is var code and not 0 ? code : null;
        }

        if (!args.Contains("rebuild"))
        {
            Console.Error.WriteLine("With history goes what to do: ./run.sh history rebuild makes the database again from the pictures.");
            return WrongUse;
        }

        return StudioRun.Explain(() =>
        {
            using (app)
            {
                var report = app.Services.GetRequiredService<HistoryRebuild>().Run(Console.WriteLine).GetAwaiter().GetResult();
                Console.WriteLine(report);
            }
        });
    }

    private static void Archive(WebApplication app, string[] args)
    {
        var command = args.Contains(Backup) ? Backup : Restore;
        var file = args.SkipWhile(x => x != command).ElementAtOrDefault(1) ?? throw new ModelException($"With {command} goes a file: ./run.sh {command} studio.zip.");
        using (app)
        {
            Console.WriteLine(command == Backup ? BackUp(app, file) : app.Services.GetRequiredService<BackupRestore>().Run(file).GetAwaiter().GetResult().ToString());
        }
    }

    /// <summary>Without taking the folder, so that a studio may go on working in it.</summary>
    private static string BackUp(WebApplication app, string file)
    {
        var root = Path.GetFullPath(app.Services.GetRequiredService<IOptions<StudioOptions>>().Value.DataPath, app.Environment.ContentRootPath);
        var (pictures, missing) = BackupWriter.Write(root, file, withPictures: true, TimeProvider.System.GetUtcNow());
        return $"{file} holds the history and {pictures - missing:N0} pictures; the files of {missing:N0} are gone.";
    }
}
