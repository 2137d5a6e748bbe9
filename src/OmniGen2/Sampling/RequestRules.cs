using System.Globalization;

namespace OmniGen2.Sampling;

/// <summary>What a request must be before any work is done for it; every fault says what to do instead.</summary>
internal static class RequestRules
{
    public const int MaxReferences = 5;
    private const int SizeUnit = 16;
    private const int MaxSteps = 1000;
    private const double MaxGuidance = 30;
    private const int MaxBatchIndex = 1023;
    private const int MaxReferencePixelsSide = 8192;

    /// <summary>Tokenising more than this only to refuse it would take longer than to draw.</summary>
    private const int MaxCharacters = 20_000;

    public static void Check(GenerationRequest request, ModelInfo info, bool anySize)
    {
        CheckText("prompt", request.Prompt);
        CheckText("negative prompt", request.NegativePrompt);
        foreach (var turn in request.Turns)
        {
            CheckText("conversation's turn", turn.Text);
        }

        CheckSize(request, info, anySize);
        CheckReferences(request.Images);
        CheckNumber("Steps", request.Steps, 1, MaxSteps);
        CheckNumber("Text guidance", request.TextGuidance, 0, MaxGuidance);
        CheckNumber("Image guidance", request.ImageGuidance, 0, MaxGuidance);
        CheckNumber("Guidance start", request.CfgStart, 0, 1);
        CheckNumber("Guidance end", request.CfgEnd, 0, 1);
        CheckNumber("Picture number in the batch", request.BatchIndex, 0, MaxBatchIndex);
        if (request.CfgStart > request.CfgEnd)
        {
            throw new ModelException($"Guidance would start at {Number(request.CfgStart)} and end before, at {Number(request.CfgEnd)}: swap the two.");
        }

        if (request.Seed < 0)
        {
            throw new ModelException($"Seed {request.Seed} is negative: use 0 to {long.MaxValue}.");
        }

        if (request.Cache is CacheOptions.TeaCache tea)
        {
            CheckNumber("TeaCache threshold", tea.Threshold, 0, 100);
        }
    }

    /// <summary>The limit on tokens, which only the tokenizer can tell.</summary>
    public static void CheckTokens(string name, int count, int limit)
    {
        if (count > limit)
        {
            throw new ModelException($"The {name} has {count} tokens, template included, and at most {limit} are read: shorten it.");
        }
    }

    public static void CheckText(string name, string text)
    {
        if (text.Length > MaxCharacters)
        {
            throw new ModelException($"The {name} has {text.Length} characters and at most {MaxCharacters} are read: shorten it.");
        }
    }

    public static void CheckReferences(IReadOnlyList<RgbImage> images)
    {
        if (images.Count > MaxReferences)
        {
            throw new ModelException($"{images.Count} reference pictures are given and the model knows {MaxReferences}: take {images.Count - MaxReferences} away.");
        }

        for (var i = 0; i < images.Count; i++)
        {
            CheckPicture($"Reference {i + 1}", images[i]);
        }
    }

    public static void CheckPicture(string name, RgbImage image)
    {
        if (image.Width < 1 || image.Height < 1 || image.Pixels.Length != (long)image.Width * image.Height * 3)
        {
            throw new ModelException($"{name} is {image.Width} × {image.Height} pixels but comes with {image.Pixels.Length} bytes instead of three a pixel: decode it again.");
        }
    }

    private static void CheckSize(GenerationRequest request, ModelInfo info, bool anySize)
    {
        CheckNumber("Longer side of references", request.MaxReferenceSide, SizeUnit, MaxReferencePixelsSide);
        CheckNumber("Pixels to generate", request.MaxPixels, SizeUnit * SizeUnit, Math.Max((long)info.MaxSize * info.MaxSize, info.MaxPixels));
        if (anySize || (request.Images.Count == 1 && request.AlignToReference))
        {
            return;
        }

        var (width, height) = (request.Width, request.Height);
        if (width > info.MaxSize || height > info.MaxSize)
        {
            throw new ModelException($"{width} × {height} is {(long)width * height} pixels; {info.Name} draws at most {info.MaxSize} × {info.MaxSize}: make neither side longer than {info.MaxSize}.");
        }

        CheckSide("Width", width, info.MaxSize);
        CheckSide("Height", height, info.MaxSize);
    }

    private static void CheckSide(string name, int side, int largest)
    {
        if (side < SizeUnit)
        {
            throw new ModelException($"{name} {side} is too small: use at least {SizeUnit}.");
        }

        if (side % SizeUnit != 0)
        {
            var below = side / SizeUnit * SizeUnit;
            var above = below + SizeUnit;
            var remedy = above > largest ? $"{below}" : side - below > above - side ? $"{above} or {below}" : $"{below} or {above}";
            throw new ModelException($"{name} {side} is not a multiple of {SizeUnit}: use {remedy}.");
        }
    }

    private static void CheckNumber(string name, double value, double smallest, double largest)
    {
        // Written so that NaN fails.
        if (!(value >= smallest && value <= largest))
        {
            throw new ModelException($"{name} is {Number(value)}: use {Number(smallest)} to {Number(largest)}.");
        }
    }

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
