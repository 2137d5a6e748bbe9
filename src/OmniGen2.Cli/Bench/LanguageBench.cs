using System.Diagnostics;
using OmniGen2.Models.Language;
using OmniGen2.Models.Layers;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Cli.Bench;

/// <summary>A prompt read by the language model, and an answer written token by token.</summary>
internal static class LanguageBench
{
    public const string PrefillSeconds = "prefill_seconds";

    public const string DecodeRate = "decode_tokens_per_second";

    /// <summary>Time of a token over the time that merely reading the weights takes, which every token must.</summary>
    public const string DecodeOverFloor = "decode_over_bandwidth_floor";

    public const string Bandwidth = "memory_bandwidth_bytes_per_second";

    public const int PromptTokens = 256;

    private const int NewTokens = 33;

    public static Samples Measure(BenchSettings settings)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var folder = Path.Combine(settings.Model, "mllm");
        var config = QwenConfig.Load(CheckpointFolder.Config(folder));
        var options = new SafetensorsOptions { DType = settings.DType, Device = settings.Device, Blocks = settings.Weights, Aliases = SafetensorsOptions.QwenAliases };
        using var source = SafetensorsSource.Open(folder, options);
        var model = source.Build(weights => new Qwen(weights, config, settings.IsStreamed));
        model.Graphs = settings.IsStreamed ? null : new GraphPolicy(settings.Device, settings.Graphs);
        var random = new Random(0);
        var prompt = new QwenPrompt([.. Enumerable.Range(0, PromptTokens).Select(_ => random.Next((int)model.Language.VocabSize))]);

        var samples = new Samples();
        samples.Time(PrefillSeconds, settings, () => model.Prefill(prompt, NewTokens).Dispose());
        using var state = model.Prefill(prompt, NewTokens);
        Decode(model, state);
        samples.AddPeakMemory();
        MeasureDecode(model, state, WeightBytes(source), settings, samples);
        return samples;
    }

    // The floor is measured before every answer, so that what else the machine does meets both.
    private static void MeasureDecode(Qwen model, LanguageState state, long weights, BenchSettings settings, Samples samples)
    {
        var memory = new MemoryReading(weights, settings.Device);
        for (var i = 0; i < settings.Repeats; i++)
        {
            settings.Stop.ThrowIfCancellationRequested();
            var floor = memory.Seconds();
            var rate = Decode(model, state);
            samples.Add(DecodeRate, rate);
            samples.Add(Bandwidth, weights / floor);
            samples.Add(DecodeOverFloor, 1 / (rate * floor));
        }
    }

    // A token reads every layer and the output layer; of a separate embedding it reads one row.
    private static long WeightBytes(SafetensorsSource source)
    {
        const string embedding = "model.embed_tokens.weight";
        var isTied = !source.Parameters.Keys.Any(n => n.StartsWith("lm_head.", StringComparison.Ordinal));
        return source.Parameters
            .Where(p => !p.Key.StartsWith("visual.", StringComparison.Ordinal) && (isTied || p.Key != embedding))
            .Sum(p => p.Value.numel() * p.Value.element_size()) + source.PackedWeights.Values.Sum(w => w.Bytes);
    }

    // The first token comes out of the prompt; from the second on each goes through the layers.
    private static double Decode(Qwen model, LanguageState state)
    {
        var begin = 0L;
        foreach (var _ in model.Generate(state, new GenerationOptions { MaxNewTokens = NewTokens }))
        {
            begin = begin == 0 ? Stopwatch.GetTimestamp() : begin;
        }

        return (NewTokens - 1) / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }
}
