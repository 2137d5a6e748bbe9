using System.Globalization;
using System.Text.RegularExpressions;
using OmniGen2.Imaging;

namespace OmniGen2.Evaluation.Parity;

/// <summary>Reference pictures as the autoencoder gets them, Pillow's two filters, the size rules, and what becomes of a decoded picture.</summary>
internal sealed partial class ImagesCases(ParitySource source) : RecordedCases(source, "images")
{
    // JPEG decoders may differ in the last bits of the inverse transform.
    private const int JpegLevels = 2;

    private static readonly Tolerance Prepared = Tolerance.Within(1e-6);

    public override IEnumerable<ParityCase> List()
    {
        var sources = Folder.Json("index.json").Entries;
        foreach (var (file, entry) in sources)
        {
            Folder.Claim(file);
            yield return FileCase($"{Stem(file)}.safetensors", (tensors, checks) => CompareSource(file, entry, tensors, checks));
        }

        foreach (var file in Folder.WithEnding(".safetensors", sources.Select(s => $"{Stem(s.Key)}.safetensors")))
        {
            yield return FileCase(file, CompareByContent);
        }

        foreach (var (table, rows) in Folder.Json("size_rules.json").Entries)
        {
            yield return Case($"size_rules-{table}", checks => CompareSizes(table, rows["rows"].Items, checks));
        }
    }

    private void CompareSource(string file, RecordedJson entry, RecordedFile tensors, CaseChecks checks)
    {
        var source = Picture(tensors, "decoded_rgb_u8");
        var decoded = ImageFile.Open(Folder.Claim(file));
        checks.Same("loaded_size_wh", entry["loaded_size_wh"].Ints, [decoded.Width, decoded.Height]);
        var isJpeg = Path.GetExtension(file) is ".jpg" or ".jpeg";
        checks.Levels("decoded_rgb_u8", source.Pixels, decoded.Pixels, isJpeg ? JpegLevels : 0);
        foreach (var rule in entry["preprocess"].Items)
        {
            var (index, maxPixels, maxSide) = (rule["index"].Int, rule["max_pixels"].Long, rule["max_side_length"].Int);
            var resized = ReferenceImageProcessor.Resize(source, maxPixels, maxSide);
            checks.Same($"out_size_wh {index}", rule["out_size_wh"].Ints, [resized.Width, resized.Height]);
            checks.Near<byte>($"resized_u8_{index}", tensors.Bytes($"resized_u8_{index}"), resized.Pixels, Tolerance.Exact);
            if (tensors.Has($"preprocess_{index}"))
            {
                checks.Near($"preprocess_{index}", tensors.Floats($"preprocess_{index}"), ReferenceImageProcessor.Process(source, maxPixels, maxSide).Values, Prepared);
            }
        }
    }

    private static void CompareByContent(RecordedFile tensors, CaseChecks checks)
    {
        if (tensors.Has("input.decoded"))
        {
            ComparePostProcess(tensors, checks);
        }
        else
        {
            CompareResizes(tensors, checks);
        }
    }

    /// <summary>Names are {filter}_{height}x{width}_u8, each with the start of the name of its source: {start}source_u8.</summary>
    private static void CompareResizes(RecordedFile tensors, CaseChecks checks)
    {
        foreach (var name in tensors.Names.ToList())
        {
            var match = ResizeName().Match(name);
            if (match.Success && tensors.Has($"{match.Groups["start"].Value}source_u8"))
            {
                var filter = match.Groups["filter"].Value == "lanczos" ? ResizeFilter.Lanczos : ResizeFilter.Bicubic;
                var resized = PillowResize.Resize(Picture(tensors, $"{match.Groups["start"].Value}source_u8"), Int(match, "width"), Int(match, "height"), filter);
                checks.Near<byte>(name, tensors.Bytes(name), resized.Pixels, Tolerance.Exact);
            }
        }
    }

    private static void ComparePostProcess(RecordedFile tensors, CaseChecks checks)
    {
        var batch = Batch(tensors);
        checks.Near<byte>("out.image_u8", tensors.Bytes("out.image_u8"), Pixels(i => PostProcess.ToImage(i)), Tolerance.Exact);
        checks.Near<byte>("out.image_u8_from_bf16", tensors.Bytes("out.image_u8_from_bf16"), Pixels(i => PostProcess.ToImage(i, bf16: true)), Tolerance.Exact);
        foreach (var match in tensors.Names.Select(n => StretchName().Match(n)).Where(m => m.Success).ToList())
        {
            var (height, width) = (Int(match, "height"), Int(match, "width"));
            if (match.Value.EndsWith("_u8", StringComparison.Ordinal))
            {
                checks.Levels(match.Value, tensors.Bytes(match.Value), Pixels(i => PostProcess.ToImage(i, width, height)), levels: 1);
            }
            else
            {
                checks.Near(match.Value, tensors.Floats(match.Value), [.. batch.SelectMany(i => PostProcess.Interpolate(i, width, height).Values)], Tolerance.Within(2e-6));
            }
        }

        byte[] Pixels(Func<FloatImage, RgbImage> make) => [.. batch.SelectMany(i => make(i).Pixels)];
    }

    private static void CompareSizes(string table, IReadOnlyList<RecordedJson> rows, CaseChecks checks)
    {
        foreach (var row in rows.Select(r => r.Ints))
        {
            var computed = table switch
            {
                "reference_image" => Sides(ReferenceImageProcessor.TargetSize(row[0], row[1], row[2], row[3])),
                "output_size" => OutputSize.For(row[0], row[1], row[2]) is var size ? [size.GeneratedWidth, size.GeneratedHeight] : [],
                _ => throw new ModelException($"The size rule '{table}' is unknown to this build."),
            };
            checks.Same($"[{string.Join(", ", row[..^2])}]", row[^2..], computed);
        }

        static int[] Sides((int Width, int Height) size) => [size.Width, size.Height];
    }

    private static RgbImage Picture(RecordedFile tensors, string name)
    {
        var shape = tensors.Shape(name);                                     // [H, W, 3]
        return new RgbImage((int)shape[1], (int)shape[0], tensors.Bytes(name));
    }

    private static List<FloatImage> Batch(RecordedFile tensors)
    {
        var shape = tensors.Shape("input.decoded");                          // [B, 3, H, W]
        var values = tensors.Floats("input.decoded");
        return [.. values.Chunk(values.Length / (int)shape[0]).Select(image => new FloatImage((int)shape[3], (int)shape[2], image))];
    }

    private static int Int(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<start>.*?)(?<filter>lanczos|bicubic)_(?<height>\d+)x(?<width>\d+)_u8$")]
    private static partial Regex ResizeName();

    [GeneratedRegex(@"^out\.interpolated_(?<height>\d+)x(?<width>\d+)(_u8)?$")]
    private static partial Regex StretchName();
}
