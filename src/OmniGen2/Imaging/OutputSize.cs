using OmniGen2.Sampling;

namespace OmniGen2.Imaging;

/// <summary>At which size a request is drawn, and to which size the decoded picture is then stretched.</summary>
public sealed record OutputSize(int GeneratedWidth, int GeneratedHeight, int Width, int Height)
{
    /// <summary>With one aligned reference both are its preprocessed size; else the requested one, drawn at a multiple of 16 within the pixel limit.</summary>
    public static OutputSize For(GenerationRequest request)
    {
        if (request is { AlignToReference: true, Images: [var reference] })
        {
            var (width, height) = ReferenceImageProcessor.TargetSize(reference.Width, reference.Height, request.MaxPixels, request.MaxReferenceSide);
            return Checked(width, height, width, height);
        }

        return For(request.Width, request.Height, request.MaxPixels);
    }

    /// <summary>As above, within the limits of a checkpoint.</summary>
    public static OutputSize For(GenerationRequest request, ModelInfo model) => For(RequestRules.Fit(request, model));

    public static OutputSize For(int width, int height, long maxPixels)
    {
        var ratio = Math.Min(1, Math.Sqrt(maxPixels / (double)((long)width * height)));
        return Checked(ReferenceImageProcessor.Floor(width, ratio), ReferenceImageProcessor.Floor(height, ratio), width, height);
    }

    private static OutputSize Checked(int generatedWidth, int generatedHeight, int width, int height) =>
        generatedWidth > 0 && generatedHeight > 0
            ? new OutputSize(generatedWidth, generatedHeight, width, height)
            : throw new ModelException(
                $"A picture of {width} × {height} pixels would be drawn at {generatedWidth} × {generatedHeight}: choose sides of at least {ReferenceImageProcessor.Multiple}.");
}
