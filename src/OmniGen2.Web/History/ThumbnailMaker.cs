namespace OmniGen2.Web.History;

/// <summary>Makes the thumbnails of new pictures at once, so that the gallery finds them ready.</summary>
internal sealed class ThumbnailMaker(Gallery gallery, ImageStore images, Thumbnails thumbnails, ILogger<ThumbnailMaker> logger) : BackgroundService
{
    private const int AtOnce = 8;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        HashSet<Guid> seen = [];
        await foreach (var _ in gallery.Watch(stoppingToken))
        {
            try
            {
                var pictures = await images.Latest(AtOnce, stoppingToken);
                foreach (var picture in pictures.Where(x => !seen.Contains(x.Id)))
                {
                    thumbnails.FileOf(picture);
                }

                seen = [.. pictures.Select(x => x.Id)];
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // A full disk or a locked database: whoever asks for a thumbnail later makes it.
                logger.LogWarning(error, "Thumbnails of new pictures could not be made");
            }
        }
    }
}
