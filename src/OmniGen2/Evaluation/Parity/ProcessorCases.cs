using OmniGen2.Imaging;

namespace OmniGen2.Evaluation.Parity;

/// <summary>Pictures as the language model gets them: sizes, Pillow's bicubic filter, patches.</summary>
internal sealed class ProcessorCases(ParitySource source) : RecordedCases(source, "processor")
{
    private static readonly Tolerance Patches = Tolerance.Within(1e-6);

    public override IEnumerable<ParityCase> List()
    {
        var index = Folder.Json("images.json");
        foreach (var picture in index["images"].Items)
        {
            Folder.Claim(picture["file"].Text);
            yield return FileCase($"{picture["name"].Text}.safetensors", (tensors, checks) => Compare(Config(index, picture), picture, tensors, checks));
        }

        var sizes = Folder.Json("smart-resize.json");
        yield return Case("smart-resize", checks => CompareSizes(sizes, checks));
    }

    private static QwenImageConfig Config(RecordedJson index, RecordedJson picture) => new()
    {
        ImageMean = [.. index["image_mean"].Doubles.Select(v => (float)v)],
        ImageStd = [.. index["image_std"].Doubles.Select(v => (float)v)],
        RescaleFactor = index["rescale_factor"].Double,
        MinPixels = (picture["options"].Find("min_pixels") ?? index["min_pixels"]).Int,
        MaxPixels = (picture["options"].Find("max_pixels") ?? index["max_pixels"]).Int,
    };

    private void Compare(QwenImageConfig config, RecordedJson entry, RecordedFile tensors, CaseChecks checks)
    {
        var picture = ImageFile.Open(Folder.Claim(entry["file"].Text), applyOrientation: false);
        checks.Same("size", [entry["height"].Int, entry["width"].Int], [picture.Height, picture.Width]);
        checks.Near<byte>("rgb", tensors.Bytes("rgb"), picture.Pixels, Tolerance.Exact);

        var processor = new QwenImageProcessor(config);
        var resized = processor.Resize(picture);
        checks.Same("resized_hw", entry["resized_hw"].Ints, [resized.Height, resized.Width]);
        checks.Near<byte>("resized", tensors.Bytes("resized"), resized.Pixels, Tolerance.Exact);

        var patches = processor.Process(picture);
        checks.Same("image_grid_thw", tensors.Ints("image_grid_thw"), [patches.GridTime, patches.GridHeight, patches.GridWidth]);
        checks.Same("grid_thw", entry["grid_thw"].Ints, [patches.GridTime, patches.GridHeight, patches.GridWidth]);
        checks.Same("pixel_values: shape", tensors.Shape("pixel_values"), [patches.Patches, patches.PatchValues]);
        checks.Near("pixel_values", tensors.Floats("pixel_values"), patches.PixelValues, Patches);
        checks.Same("image_pads", entry["image_pads"].Int, processor.CountTokens(picture));
    }

    private static void CompareSizes(RecordedJson sizes, CaseChecks checks)
    {
        var factor = sizes["factor"].Int;
        foreach (var row in sizes["cases"].Items)
        {
            var (height, width, least, most) = (row["height"].Int, row["width"].Int, row["min_pixels"].Int, row["max_pixels"].Int);
            var name = $"{height} × {width}, {least} … {most} pixels";
            var computed = Size(height, width, factor, least, most);
            checks.Same(name, row.Find("error")?.Text ?? string.Join(" × ", row["result"].Ints), computed);
        }
    }

    private static string Size(int height, int width, int factor, int least, int most)
    {
        try
        {
            var size = QwenImageProcessor.SmartResize(height, width, factor, least, most);
            return $"{size.Height} × {size.Width}";
        }
        catch (ModelException e)
        {
            return e.Message;     // sizes that the original refuses are recorded with its words
        }
    }
}
