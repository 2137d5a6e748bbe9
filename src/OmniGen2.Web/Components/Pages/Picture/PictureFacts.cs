using System.Globalization;
using OmniGen2.Imaging;
using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Components.Pages.Picture;

/// <summary>Something that is known of a picture.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Text">What is shown.</param>
/// <param name="Copy">What is copied; null where nobody needs it elsewhere.</param>
public sealed record PictureFact(string Name, string Text, string? Copy = null);

/// <summary>All that is known of how a picture was made, in the order in which people ask.</summary>
public static class PictureFacts
{
    private const int ShownOfHash = 12;

    public static IEnumerable<PictureFact> Of(PictureRow picture, GenerationMetadata metadata, TimeSpan? waited, TimeProvider time)
    {
        var size = $"{picture.Width} × {picture.Height}";
        yield return new PictureFact("Made", When.Long(picture.CreatedAt, time));
        yield return new PictureFact("Size", $"{size} · {Size(picture.Bytes)}", size.Replace(" ", ""));
        if (picture.Kind != PictureKind.Upload)
        {
            foreach (var fact in Making(picture, metadata.Request, metadata.StepsDone, waited))
            {
                yield return fact;
            }
        }

        yield return new PictureFact("SHA-256", $"{picture.Sha256[..Math.Min(ShownOfHash, picture.Sha256.Length)]}…", picture.Sha256);
        yield return new PictureFact("File", picture.File, picture.File);
    }

    private static IEnumerable<PictureFact> Making(PictureRow picture, GenerationRequest asked, int stepsDone, TimeSpan? waited)
    {
        var steps = picture.IsPartial ? $"{stepsDone} of {asked.Steps}" : $"{asked.Steps}";
        yield return new PictureFact("Steps", $"{steps} · {NameOf(asked.Scheduler)}", $"{asked.Steps}");
        var guidance = new List<string> { $"text {Number(asked.TextGuidance)}" };
        if (picture.Kind is PictureKind.Edited or PictureKind.Composed)
        {
            guidance.Add($"pictures {Number(asked.ImageGuidance)}");
        }

        if ((asked.CfgStart, asked.CfgEnd) != (0, 1))
        {
            guidance.Add($"from {asked.CfgStart:P0} to {asked.CfgEnd:P0}");
        }

        yield return new PictureFact("Guidance", string.Join(" · ", guidance), Number(asked.TextGuidance));
        yield return new PictureFact("Seed", $"{asked.Seed}", $"{asked.Seed}");
        if (asked.Cache is { } cache)
        {
            yield return new PictureFact("Cache", cache.GetType().Name);
        }

        if (picture.DurationMilliseconds > 0)
        {
            var drawn = Duration.Text(picture.DurationMilliseconds / 1000);
            yield return new PictureFact("Time", waited is { TotalSeconds: >= 1 } wait ? $"{drawn}, waited {Duration.Text(wait.TotalSeconds)}" : drawn);
        }

        yield return new PictureFact("Model", picture.Model, picture.Model);
    }

    private static string NameOf(SchedulerKind scheduler) => scheduler == SchedulerKind.DpmSolver ? "DPM-Solver++" : "Euler";

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Size(long bytes) => bytes < 1_000_000 ? $"{Math.Max(bytes / 1000, 1)} kB" : $"{(bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture)} MB";
}
