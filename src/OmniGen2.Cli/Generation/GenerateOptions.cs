using System.CommandLine;
using System.CommandLine.Parsing;
using OmniGen2.Cli.Shell;

namespace OmniGen2.Cli.Generation;

/// <summary>The options of `generate` and how each is read.</summary>
internal sealed class GenerateOptions
{
    private const int MaxSteps = 1000;

    private const int MaxCount = 1024;

    private readonly Option<string> _model = CommonOptions.Model();
    private readonly Option<string> _prompt = new("--prompt") { Description = "What to draw, or how to change the references.", HelpName = "P", Required = true };
    private readonly Option<string?> _negative = new("--negative-prompt") { Description = "What to keep out. [default: the checkpoint's own]", HelpName = "N" };
    private readonly Option<string[]> _images = new("--image") { Description = "A reference picture; up to five, one --image each.", HelpName = "F" };
    private readonly Option<int?> _width = CommonOptions.Whole("--width", "W", "Pixels, a multiple of 16. [default: the reference's, or the checkpoint's own]", 1);
    private readonly Option<int?> _height = CommonOptions.Whole("--height", "H", "Pixels, a multiple of 16. [default: the reference's, or the checkpoint's own]", 1);
    private readonly Option<int?> _steps = CommonOptions.Whole("--steps", "N", "Denoising steps. [default: the checkpoint's own, 50 where it has none]", 1, MaxSteps);
    private readonly Option<double?> _text = CommonOptions.Number("--text-guidance", "G", "How strongly the prompt counts. [default: the checkpoint's own, 5 where it has none]");
    private readonly Option<double?> _image = CommonOptions.Number("--image-guidance", "G", "How strongly references count. [default: the checkpoint's own, 2 where it has none]");
    private readonly Option<GuidanceRange> _range = new("--cfg-range") { Description = "Part of the steps that is guided, from:to.", HelpName = "0:1", DefaultValueFactory = _ => new GuidanceRange(0, 1), CustomParser = ReadRange };
    private readonly Option<SchedulerKind?> _scheduler = CommonOptions.Scheduler();
    private readonly Option<long?> _seed = CommonOptions.Long("--seed", "S", "Seed of the noise; the same seed gives the same picture. [default: 0]");
    private readonly Option<int?> _count = CommonOptions.Whole("--count", "N", "Pictures to draw from one seed; F.png becomes F_0.png, F_1.png … [default: 1]", 1, MaxCount);
    private readonly Option<ModelPrecision> _precision = CommonOptions.Precision();
    private readonly Option<Residency> _residency = CommonOptions.Residency();
    private readonly Option<BlockWeights> _weights = CommonOptions.Weights();
    private readonly Option<GraphUse> _graphs = CommonOptions.Graphs();
    private readonly Option<CacheOptions?> _cache = new("--cache") { Description = "What may be skipped between steps: none, teacache[:threshold] or taylorseer.", HelpName = "none", CustomParser = ReadCache };
    private readonly Option<string?> _latents = new("--latents") { Description = "Starting noise [n, 16, h, w] as input.latents; ref{i}.noise and input.timesteps are taken too where they are.", HelpName = "F.safetensors" };
    private readonly Option<string?> _dump = new("--dump") { Description = "Write prompt embeddings, every step's latents and the decoded picture.", HelpName = "F.safetensors" };
    private readonly Option<string> _out = new("--out") { Description = "The picture to write; all parameters go into it.", HelpName = "F.png", Required = true };
    private readonly Option<bool> _quiet = CommonOptions.Quiet();

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[
            _model, _prompt, _negative, _images, _width, _height, _steps, _text, _image, _range, _scheduler,
            _seed, _count, _precision, _residency, _weights, _graphs, _cache, _latents, _dump, _out, _quiet])
        {
            command.Add(option);
        }
    }

    public GenerateArguments Read(ParseResult line) => new()
    {
        Model = line.GetRequiredValue(_model),
        Prompt = line.GetRequiredValue(_prompt),
        NegativePrompt = line.GetValue(_negative),
        Images = line.GetValue(_images) ?? [],
        Width = line.GetValue(_width),
        Height = line.GetValue(_height),
        Steps = line.GetValue(_steps),
        TextGuidance = line.GetValue(_text),
        ImageGuidance = line.GetValue(_image),
        CfgRange = line.GetValue(_range),
        Scheduler = line.GetValue(_scheduler),
        Seed = line.GetValue(_seed) ?? 0,
        Count = line.GetValue(_count) ?? 1,
        Precision = line.GetValue(_precision),
        Residency = line.GetValue(_residency),
        Weights = line.GetValue(_weights),
        Graphs = line.GetValue(_graphs),
        Cache = line.GetValue(_cache),
        Latents = line.GetValue(_latents),
        Dump = line.GetValue(_dump),
        Out = line.GetRequiredValue(_out),
        IsQuiet = line.GetValue(_quiet),
    };

    private static GuidanceRange ReadRange(ArgumentResult result) => CommonOptions.Parse<GuidanceRange>(result, text =>
        text.Split(':') is [var first, var second] && CommonOptions.ToDouble(first) is { } start && CommonOptions.ToDouble(second) is { } end && start <= end && end <= 1
            ? new GuidanceRange(start, end)
            : null,
        "two numbers from 0 to 1 in order, for example 0:0.6").GetValueOrDefault();

    private static CacheOptions? ReadCache(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        switch (text.Split(':'))
        {
            case ["none"]:
                return null;
            case ["teacache"]:
                return new CacheOptions.TeaCache();
            case ["teacache", var number] when CommonOptions.ToDouble(number) is { } threshold:
                return new CacheOptions.TeaCache(threshold);
            case ["taylorseer"]:
                return new CacheOptions.TaylorSeer();
            default:
                result.AddError($"--cache is '{text}': use none, teacache, teacache:0.05 (a threshold) or taylorseer.");
                return null;
        }
    }
}
