using OmniGen2.Imaging;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.OpenAi;

/// <summary>What a client sees of a picture in the making: as many glimpses as it asked for, spread over the steps.</summary>
internal sealed class Glimpses(Job job, PictureRequest drawing, OutputFields output, ModelInfo model)
{
    private const int Quality = 85;

    private int _sent;

    /// <summary>Null unless one is due: glimpse i of k after the share i / (k + 1) of the steps. One that a fast model has run past comes with the next update.</summary>
    public Glimpse? Next(JobUpdate update)
    {
        var wanted = output.Partials;
        if (_sent >= wanted || update is not JobUpdate.Working { Phase: JobPhase.Denoising, Step: > 0 } work || work.Step * (wanted + 1) < work.Steps * (_sent + 1)
            || job.Preview.Frame is not { } frame)
        {
            return null;
        }

        // As large as the picture will be, so that a client can show both in one place.
        var (width, height) = drawing.Size(model);
        var file = Thumbnail.Encode(frame, Math.Max(width, height), output.Format, output.Compression ?? Quality, enlarge: true);
        return new Glimpse(_sent++, file, $"{width}x{height}");
    }
}

/// <param name="Index">From 0.</param>
/// <param name="File">In the format that was asked for.</param>
/// <param name="Size">As in "128x128".</param>
internal sealed record Glimpse(int Index, byte[] File, string Size);
