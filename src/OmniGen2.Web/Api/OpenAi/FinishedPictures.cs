using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.OpenAi;

/// <summary>What came of jobs, as a client wants it.</summary>
internal sealed class FinishedPictures(ImageStore images, TimeProvider time)
{
    public long Now => time.GetUtcNow().ToUnixTimeSeconds();

    public async Task<ImagesAnswer> Answer(HttpContext context, IReadOnlyList<Job> jobs, OutputFields output)
    {
        var pictures = new List<PictureRow>();
        var data = new List<ImageData>();
        foreach (var job in jobs)
        {
            var picture = await Find(job, context.RequestAborted);
            pictures.Add(picture);
            data.Add(output.AsUrl ? new ImageData(null, Address(context, picture, output)) : new ImageData(await Bytes(picture, output, context.RequestAborted), null));
        }

        return new ImagesAnswer(Now, "opaque", output.FormatName, output.Quality, Size(pictures[0]), data, ImageUsage.Of(jobs[0].Picture!, pictures));
    }

    public async Task<PictureRow> Find(Job job, CancellationToken cancellationToken) =>
        await images.Find(job.Id, cancellationToken) ?? throw Gone();

    /// <summary>The file in the format that was asked for, with everything about its making inside.</summary>
    public async Task<byte[]> Bytes(PictureRow picture, OutputFields output, CancellationToken cancellationToken)
    {
        var file = images.FileOf(picture) ?? throw Gone();
        return PictureFile.Convert(await File.ReadAllBytesAsync(file, cancellationToken), output.Format, parameters: true, output.Compression);
    }

    public static string Size(PictureRow picture) => $"{picture.Width}x{picture.Height}";

    public static string Address(HttpContext context, PictureRow picture, OutputFields output)
    {
        var path = output.Format == Imaging.ImageFormat.Png ? Links.Picture(picture.Id) : $"/images/{picture.Id:N}/download?format={output.FormatName}";
        return $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}{path}";
    }

    private static OpenAiFault Gone() => new(StatusCodes.Status500InternalServerError, "The picture was made and its file is gone: ask again.", code: "picture_gone");
}
