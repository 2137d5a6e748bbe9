using System.Globalization;
using OmniGen2.Imaging;

namespace OmniGen2.Sampling;

/// <summary>What a request must be before any work is done for it; every fault says what to do instead.</summary>
internal static class RequestRules
{
    public const int MaxReferences = 5;
    private const int SizeUnit = 16;
    private const int MaxSteps = 1000;
    private const double MaxGuidance = 30;
    private const double MaxTemperature = 2;
    private const int MaxBatchIndex = 1023;
    private const int MaxReferencePixelsSide = 8192;

    /// <summary>Tokenising more than this only to refuse it would take longer than to draw.</summary>
    private const int MaxCharacters = 20_000;

    public static void Check(GenerationRequest request, ModelInfo info, bool anySize)
    {
        CheckText("prompt", request.Prompt);
        CheckText("negative prompt", request.NegativePrompt);
        CheckTurns(request.Turns);
        CheckSize(request, info, anySize);
        CheckReferences(request);
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

        if (!Enum.IsDefined(request.Scheduler))
        {
            throw new ModelException($"There is no scheduler '{request.Scheduler}': use {string.Join(" or ", Enum.GetNames<SchedulerKind>())}.");
        }

        CheckSeed(request.Seed);
        if (request.Cache is CacheOptions.TeaCache tea)
        {
            CheckNumber("TeaCache threshold", tea.Threshold, 0, 100);
        }
    }

    /// <summary>The request with its limits no wider than the checkpoint's: pictures and references beyond them are shrunk, as the original shrinks beyond its own.</summary>
    public static GenerationRequest Fit(GenerationRequest request, ModelInfo info) => request with
    {
        MaxPixels = Math.Min(request.MaxPixels, Math.Max(info.MaxSize * info.MaxSize, info.MaxPixels)),
        MaxReferenceSide = Math.Min(request.MaxReferenceSide, info.MaxSize),
    };

    public static void Check(ChatRequest request, int maxTokens)
    {
        CheckNumber("Length of the answer", request.MaxNewTokens, 1, maxTokens / 2);
        CheckNumber("Temperature", request.Temperature, 0, MaxTemperature);
        CheckSeed(request.Seed);
        CheckTurns(request.Turns);
        if (request.Turns.Count == 0)
        {
            throw new ModelException("The conversation is empty: add a question.");
        }
    }

    private static void CheckTurns(IReadOnlyList<ChatTurn> turns)
    {
        for (var i = 0; i < turns.Count; i++)
        {
            CheckText($"message {i + 1} of the conversation", turns[i].Text);
            CheckPictures($"Picture {{0}} of message {i + 1}", turns[i].Images);
        }
    }

    private static void CheckText(string name, string text)
    {
        if (text.Length > MaxCharacters)
        {
            throw new ModelException($"The {name} has {text.Length} characters and at most {MaxCharacters} are read: shorten it.");
        }
    }

    private static void CheckReferences(GenerationRequest request)
    {
        var images = request.Images;
        if (images.Count > MaxReferences)
        {
            throw new ModelException($"{images.Count} reference pictures are given and the model knows {MaxReferences}: take {images.Count - MaxReferences} away.");
        }

        CheckPictures("Reference {0}", images);
        for (var i = 0; i < images.Count; i++)
        {
            var (width, height) = ReferenceImageProcessor.TargetSize(images[i].Width, images[i].Height, request.MaxPixels, request.MaxReferenceSide);
            if (width == 0 || height == 0)
            {
                throw new ModelException($"Reference {i + 1} of {images[i].Width} × {images[i].Height} pixels would be read at {width} × {height}: use one whose shorter side keeps at least {SizeUnit} pixels.");
            }
        }
    }

    private static void CheckPictures(string name, IReadOnlyList<RgbImage> images)
    {
        for (var i = 0; i < images.Count; i++)
        {
            var image = images[i];
            if (image.Width < 1 || image.Height < 1 || image.Pixels.Length != (long)image.Width * image.Height * 3)
            {
                throw new ModelException($"{name.Replace("{0}", $"{i + 1}")} is {image.Width} × {image.Height} pixels but comes with {image.Pixels.Length} bytes instead of three a pixel: decode it again.");
            }
        }
    }

    private static void CheckSize(GenerationRequest request, ModelInfo info, bool anySize)
    {
        CheckNumber("Longer side of references", request.MaxReferenceSide, SizeUnit, MaxReferencePixelsSide);
        CheckNumber("Pixels to generate", request.MaxPixels, SizeUnit * SizeUnit, int.MaxValue);
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

    private static void CheckSeed(long seed)
    {
        if (seed < 0)
        {
            throw new ModelException($"Seed {seed} is negative: use 0 to {long.MaxValue}.");
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
