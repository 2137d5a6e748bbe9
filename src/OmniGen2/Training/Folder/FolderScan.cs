using OmniGen2.Imaging;

namespace OmniGen2.Training.Folder;

/// <summary>Goes through the lists and the headers of all pictures, on all processors, before anything is learnt.</summary>
internal sealed class FolderScan(FolderSettings settings, FaultLog faults)
{
    // Holds the header of any picture that carries no large profile before it.
    private const int HeaderBytes = 256 << 10;

    /// <summary>The samples of every list of the config, in the order of the lists and lines.</summary>
    public IReadOnlyList<(FolderList List, IReadOnlyList<FolderSample> Samples)> Read()
    {
        var reader = new RecordReader(settings.Root, faults);
        var lists = settings.Files.Select(file => (File: file, Records: Records(reader, file.Path))).ToList();
        var number = 0L;
        var read = lists.Select(list => (list.File, (IReadOnlyList<FolderSample>)Samples(list.Records, ref number))).ToList();
        return read.Exists(list => list.Item2.Count > 0)
            ? read
            : throw new ModelException($"The lists of data.files have no sample that can be used{(faults.Count == 0 ? ": they are empty." : $". The first faults:{Environment.NewLine}{faults.First}")}");
    }

    private static List<FolderRecord> Records(RecordReader reader, string path) => [.. RecordReader.ListsAt(path).SelectMany(reader.Read)];

    private List<FolderSample> Samples(List<FolderRecord> records, ref long number)
    {
        var first = number;
        number += records.Count;

        // In their order, so that the same bad ones are met whatever the threads do.
        var sized = records.AsParallel().AsOrdered().Select(record => (Record: record, Sizes: Try(() => Sizes(record)))).ToList();
        var samples = new List<FolderSample>();
        for (var i = 0; i < sized.Count; i++)
        {
            var (record, (sizes, fault)) = sized[i];
            if (sizes is null)
            {
                faults.Add(record.Place, fault!);
            }
            else
            {
                samples.Add(new FolderSample(first + i, record, new FolderBucket(sizes)));
            }
        }

        return samples;
    }

    private static (PictureSize[]? Sizes, string? Fault) Try(Func<PictureSize[]> sizes)
    {
        try
        {
            return (sizes(), null);
        }
        catch (ModelException e)
        {
            return (null, e.Message);
        }
    }

    private PictureSize[] Sizes(FolderRecord record)
    {
        var limits = settings.MaxInputPixels!;
        var ofInputs = limits[Math.Clamp(record.InputImages.Count - 1, 0, limits.Count - 1)];
        return [.. record.InputImages.Select(path => Size(path, ofInputs)), Size(record.OutputImage, settings.MaxOutputPixels!.Value)];
    }

    private PictureSize Size(string path, int maxPixels)
    {
        try
        {
            var header = Header(path);
            return PictureSize.Of(header.Width, header.Height, maxPixels, settings.MaxSideLength!.Value, $"'{path}'");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"the picture '{path}' cannot be opened: {e.Message}", e);
        }
    }

    private static ImageHeader Header(string path)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[Math.Min(HeaderBytes, file.Length)];
        file.ReadExactly(bytes);
        try
        {
            return ImageHeader.Read(bytes, $"'{path}'");
        }
        catch (ModelException) when (file.Length > bytes.Length && file.Length <= ImageLimits.Default.MaxBytes)
        {
            return ImageHeader.Read(File.ReadAllBytes(path), $"'{path}'");
        }
    }
}
