using OmniGen2.Imaging;

namespace OmniGen2.Web.Jobs;

/// <summary>The latest glimpse of an unfinished picture. Encoded when somebody looks, once a version, and never by the worker.</summary>
public sealed class Preview
{
    private readonly Lock _lock = new();
    private readonly Lock _encoding = new();
    private RgbImage? _frame;
    private PreviewFrame? _encoded;

    /// <summary>0 while there is nothing to see.</summary>
    public int Version { get; private set; }

    /// <summary>The pixels; null while there is nothing to see.</summary>
    public RgbImage? Frame
    {
        get
        {
            lock (_lock)
            {
                return _frame;
            }
        }
    }

    public void Show(RgbImage frame)
    {
        lock (_lock)
        {
            _frame = frame;
            Version++;
        }
    }

    /// <summary>Null while there is nothing to see.</summary>
    public PreviewFrame? Render()
    {
        lock (_encoding)
        {
            int version;
            RgbImage? frame;
            lock (_lock)
            {
                (version, frame) = (Version, _frame);
            }

            if (frame is not null && _encoded?.Version != version)
            {
                _encoded = new PreviewFrame(version, ImageFile.EncodeJpeg(frame));
            }

            return _encoded;
        }
    }
}

/// <summary>One encoded preview.</summary>
public sealed record PreviewFrame(int Version, byte[] Jpeg);
