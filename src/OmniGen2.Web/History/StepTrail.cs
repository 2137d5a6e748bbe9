using System.Globalization;
using System.Runtime.InteropServices;
using OmniGen2.Imaging;

namespace OmniGen2.Web.History;

/// <summary>
/// The steps of a picture in the making: a small frame of each, the state of some. Outlives the process as the saved state does, but is never forced
/// to the disk: what a loss of power takes of it is a gap in the film.
/// </summary>
public sealed class StepTrail : IDisposable
{
    /// <summary>Longer side of a frame in pixels.</summary>
    public const int FrameSide = 128;

    /// <summary>Every so many steps the state is kept.</summary>
    public const int StateEvery = 4;

    private const int HeaderBytes = 3 * sizeof(int); // step, width, height; then the pixels
    private readonly string _folder;
    private readonly bool _keepsStates;
    private FileStream? _frames;

    internal StepTrail(Guid job, string folder, bool keepsStates)
    {
        (Job, _folder, _keepsStates) = (job, folder, keepsStates);
    }

    public Guid Job { get; }

    /// <summary>Adds the step that has led to <paramref name="state"/>.</summary>
    public void Add(DenoiseState state, LatentImage estimate, RgbImage frame)
    {
        Add(state.Step, frame);
        if (_keepsStates && state.Step % StateEvery == 0 && state.Step < state.Count)
        {
            File.WriteAllBytes(StateFile(state.Step), StepStore.WithEstimate(state, estimate).Save());
        }
    }

    public void Add(int step, RgbImage frame)
    {
        _frames ??= Begin();
        var small = Thumbnail.Fit(frame, FrameSide);
        _frames.Write(MemoryMarshal.AsBytes<int>([step, small.Width, small.Height]));
        _frames.Write(small.Pixels);
        _frames.Flush();
    }

    /// <summary>Forgets the steps after this one: they will be done again.</summary>
    public void Cut(int after)
    {
        if (Directory.Exists(_folder))
        {
            _frames ??= Begin();
            _frames.SetLength(Read(_frames).Where(x => x.Step <= after).Select(x => x.End).LastOrDefault());
            _frames.Seek(0, SeekOrigin.End);
            foreach (var state in States().Where(x => int.Parse(Path.GetFileNameWithoutExtension(x), CultureInfo.InvariantCulture) > after))
            {
                File.Delete(state);
            }
        }
    }

    /// <summary>The frames in order.</summary>
    public IReadOnlyList<(int Step, RgbImage Frame)> Frames()
    {
        if (!File.Exists(FramesFile))
        {
            return [];
        }

        using var file = new FileStream(FramesFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return [.. Read(file).Select(x => (x.Step, x.Frame))];
    }

    /// <summary>The states in order, each as a file.</summary>
    public IReadOnlyList<string> States() =>
        Directory.Exists(_folder) ? [.. Directory.EnumerateFiles(_folder, "*.safetensors").Order(StringComparer.Ordinal)] : [];

    public void Dispose()
    {
        _frames?.Dispose();
        _frames = null;
    }

    /// <summary>What can be read; a frame that was cut off by the end of the process ends it.</summary>
    private static IEnumerable<(int Step, RgbImage Frame, long End)> Read(FileStream file)
    {
        file.Position = 0;
        var header = new int[3];
        while (file.ReadAtLeast(MemoryMarshal.AsBytes(header.AsSpan()), HeaderBytes, throwOnEndOfStream: false) == HeaderBytes)
        {
            var (width, height) = (header[1], header[2]);
            if (width is < 1 or > FrameSide || height is < 1 or > FrameSide)
            {
                yield break;
            }

            var frame = new RgbImage(width, height);
            if (file.ReadAtLeast(frame.Pixels, frame.Pixels.Length, throwOnEndOfStream: false) < frame.Pixels.Length)
            {
                yield break;
            }

            yield return (header[0], frame, file.Position);
        }
    }

    private FileStream Begin()
    {
        Directory.CreateDirectory(_folder);
        var file = new FileStream(FramesFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        file.Seek(0, SeekOrigin.End);
        return file;
    }

    private string FramesFile => Path.Combine(_folder, "frames");

    private string StateFile(int step) => Path.Combine(_folder, $"{step:0000}.safetensors");
}
