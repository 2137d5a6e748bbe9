using System.Text.Json.Nodes;
using OmniGen2.Cli.Shell;
using TorchSharp;
using static System.FormattableString;

namespace OmniGen2.Cli.Bench;

/// <summary>Where the time of a picture and of an answer goes, by operator.</summary>
internal static class ProfileBench
{
    private const int Lines = 12;

    private const int NewTokens = 32;

    public static void Run(BenchSettings settings, ProgressLine progress, TextWriter output, bool asJson)
    {
        using var pipeline = ModelLoader.Load(settings.Model, settings.Precision, progress);
        var request = pipeline.Info.Request("a red circle left of a blue square") with { Width = settings.Size, Height = settings.Size, Steps = settings.Steps };
        var question = new ChatRequest { Turns = [new ChatTurn(ChatRole.User, "What is a circle?")], MaxNewTokens = NewTokens };
        var last = Draw(pipeline, request with { Steps = 1 });
        (string Name, Action Run)[] parts =
        [
            ("denoising", () => Draw(pipeline, request)),
            ("decoding", () => pipeline.Decode(request, last)),
            ("answering", () => _ = pipeline.Chat(question).ToList()),
        ];
        var head = BenchHead.Of(pipeline.Info.Name, settings with { DType = pipeline.Precision });
        var json = head.ToJson();
        output.Write(asJson ? "" : $"{head.Line}\n");
        foreach (var (name, run) in parts)
        {
            progress.Begin(name);
            run();                                            // what is built on first use is not counted
            var operators = Accelerator.Profile(run);
            progress.End();
            json[name] = new JsonArray([.. operators.Select(o => new JsonObject { ["name"] = o.Name, ["calls"] = o.Calls, ["seconds"] = o.Seconds })]);
            if (!asJson)
            {
                Write(name, operators, output);
            }
        }

        if (asJson)
        {
            output.WriteLine(json.ToJsonString());
        }
    }

    private static DenoiseState Draw(OmniGen2Pipeline pipeline, GenerationRequest request) => pipeline.Denoise(request).Last().State!;

    private static void Write(string name, IReadOnlyList<OperatorTime> operators, TextWriter output)
    {
        var all = operators.Sum(o => o.Seconds);
        output.WriteLine(Invariant($"{name}: {all * 1000:0.0} ms of processor time of its own thread"));
        foreach (var o in operators.Take(Lines))
        {
            output.WriteLine(Invariant($"  {o.Seconds / all * 100,5:0.0} %  {o.Seconds * 1000,8:0.0} ms  {o.Calls,7} x  {o.Name}"));
        }
    }
}
