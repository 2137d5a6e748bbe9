using OmniGen2.Imaging;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.OpenAi;

/// <summary>What a client sees of a picture in the making: as many glimpses as it asked for, spread over the steps.</summary>
internal sealed class Glimpses(Job job, PictureRequest drawing, OutputFields output, ModelInfo model, StepStore films)
{
    private const int Quality = 85;

    private int _sent;

    /// <summary>Null unless one is due: glimpse i of k after the share i / (k + 1) of the steps. One that a fast model has run past comes with the next update.</summary>
    public Glimpse? Next(JobUpdate update)
    {
        if (_sent >= output.Partials || update is not JobUpdate.Working { Phase: JobPhase.Denoising, Step: > 0 } work || work.Step < Due(work.Steps)
            || job.Preview.Frame is not { } frame)
        {
            return null;
        }

        return Enlarge(frame);
    }

    /// <summary>Those that are still owed when the picture is done before anybody could look, out of its film.</summary>
    public IEnumerable<Glimpse> Missed(PictureRow picture)
    {
        if (_sent >= output.Partials || films.FilmOf(picture) is not { } film)
        {
            yield break;
        }

        var frames = film.Open();
        while (_sent < output.Partials)
        {
            yield return Enlarge(frames[film.FrameOf(Due(film.Steps))].Frame);
        }
    }

    private int Due(int steps) => ((steps * (_sent + 1)) + output.Partials) / (output.Partials + 1);

    // As large as the picture will be, so that a client can show both in one place.
    private Glimpse Enlarge(RgbImage frame)
    {
        var (width, height) = drawing.Size(model);
        var file = Thumbnail.Encode(frame, Math.Max(width, height), output.Format, output.Compression ?? Quality, enlarge: true);
        return new Glimpse(_sent++, file, $"{width}x{height}");
    }
}

/// <param name="Index">From 0.</param>
/// <param name="File">In the format that was asked for.</param>
/// <param name="Size">As in "128x128".</param>
internal sealed record Glimpse(int Index, byte[] File, string Size);
