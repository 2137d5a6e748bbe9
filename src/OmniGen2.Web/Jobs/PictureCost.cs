using OmniGen2.Imaging;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Jobs;

/// <summary>How much work a picture is: what the transformer reads over all its passes. Only the ratio of two of them means something.</summary>
public static class PictureCost
{
    public static double Of(PictureRequest request, ModelInfo model)
    {
        var (width, height) = request.Size(model);
        return Of(request.Generation, (double)width * height, [.. request.References.Select(x => (double)x.Width * x.Height)]);
    }

    /// <summary>What a finished picture was. How large its references were is not written down: as large as the picture, as most are.</summary>
    public static double Of(PictureRow picture)
    {
        var metadata = GenerationMetadata.Parse(picture.Metadata);
        var pixels = (double)picture.Width * picture.Height;
        return Of(metadata.Request, pixels, [.. metadata.References.Select(_ => pixels)]);
    }

    private static double Of(GenerationRequest request, double pixels, IReadOnlyList<double> references) =>
        request.Passes(references.Count) * (pixels + references.Sum(x => Math.Min(x, request.MaxPixels)));
}
