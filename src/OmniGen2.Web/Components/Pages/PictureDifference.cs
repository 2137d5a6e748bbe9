using System.Globalization;
using OmniGen2.Imaging;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Components.Pages;

/// <summary>What two pictures were asked for differently, in words.</summary>
public static class PictureDifference
{
    /// <summary>The prompts in any case, of all else what differs.</summary>
    public static IEnumerable<(string Name, string First, string Second)> Between(PictureRow first, PictureRow second) =>
        Said(first).Zip(Said(second), (x, y) => (x.Name, x.Text, y.Text)).Where(x => x.Name == "Prompt" || x.Item2 != x.Item3);

    private static IEnumerable<(string Name, string Text)> Said(PictureRow picture)
    {
        var request = GenerationMetadata.Parse(picture.Metadata).Request;
        return
        [
            ("Prompt", picture.Prompt),
            ("Leave out", picture.NegativePrompt),
            ("Size", $"{picture.Width} × {picture.Height}"),
            ("Seed", picture.Seed.ToString(CultureInfo.InvariantCulture)),
            ("Steps", request.Steps.ToString(CultureInfo.InvariantCulture)),
            ("Text guidance", request.TextGuidance.ToString("0.0", CultureInfo.InvariantCulture)),
            ("Image guidance", request.ImageGuidance.ToString("0.0", CultureInfo.InvariantCulture)),
            ("Solver", request.Scheduler.ToString()),
            ("Model", picture.Model),
            ("Made", picture.CreatedAt.LocalDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture)),
        ];
    }
}
