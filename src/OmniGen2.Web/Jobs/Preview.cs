using OmniGen2.Imaging;

namespace OmniGen2.Web.Jobs;

/// <summary>The latest glimpse of an unfinished picture. Rendered when somebody looks, once a version, and never by the worker.</summary>
public sealed class Preview
{
    private readonly Lock _lock = new();
    private readonly Lock _rendering = new();
    private LatentImage? _estimate;
    private PreviewFrame? _rendered;

    /// <summary>0 while there is nothing to see.</summary>
    public int Version { get; private set; }

    public void Show(LatentImage estimate)
    {
        lock (_lock)
        {
            _estimate = estimate;
            Version++;
        }
    }

    /// <summary>Null while there is nothing to see.</summary>
    public PreviewFrame? Render(float[][]? latentToRgb)
    {
        lock (_rendering)
        {
            int version;
            LatentImage? estimate;
            lock (_lock)
            {
                (version, estimate) = (Version, _estimate);
            }

            if (estimate is not null && _rendered?.Version != version)
            {
                _rendered = new PreviewFrame(version, ImageFile.EncodeJpeg(LatentPreview.Render(estimate, latentToRgb)));
            }

            return _rendered;
        }
    }
}

/// <summary>One rendered preview.</summary>
public sealed record PreviewFrame(int Version, byte[] Jpeg);
