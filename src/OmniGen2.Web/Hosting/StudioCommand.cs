using OmniGen2.Web.History;

namespace OmniGen2.Web.Hosting;

/// <summary>What the program does besides running the studio: `history rebuild`.</summary>
public static class StudioCommand
{
    private const int WrongUse = 2;

    /// <summary>Does what the words among the arguments say. Without such words it takes the data folder, and ends where that cannot be had.</summary>
    /// <returns>The exit code; null when the studio is to be run.</returns>
    public static int? RunCommand(this WebApplication app, string[] args)
    {
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
}
