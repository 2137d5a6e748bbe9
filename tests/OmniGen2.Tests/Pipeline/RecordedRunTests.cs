namespace OmniGen2.Tests.Pipeline;

/// <summary>The original's pipelines end to end, every recorded run.</summary>
public sealed class RecordedRunTests(TinyModel model) : IClassFixture<TinyModel>
{
    private const double TextTolerance = 2e-5;
    private const double LatentTolerance = 3e-5;
    private const double ImageTolerance = 1e-6;

    public static TheoryData<string, int> Pictures
    {
        get
        {
            var pictures = new TheoryData<string, int>();
            foreach (var name in RecordedRun.Names)
            {
                for (var i = 0; i < new RecordedRun(name).Pictures; i++)
                {
                    pictures.Add(name, i);
                }
            }

            return pictures;
        }
    }

    public static TheoryData<string> Answers => [.. RecordedRun.Names.Where(name => new RecordedRun(name).IsChat && !name.EndsWith("_forced", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Picture_is_the_one_that_the_original_drew(string name, int picture)
    {
        var run = new RecordedRun(name);
        var seen = new RecordedTensors();
        var request = run.Request(picture);
        var steps = model.Pipeline.Denoise(request, run.Parity(picture, seen)).Where(s => s.Phase == DenoisePhase.Denoising).ToList();

        CompareText(run, picture, seen);
        CompareReferences(run, seen);
        CompareSteps(run, picture, steps, seen);
        var decoded = model.Pipeline.DecodePixels(steps[^1].State!.Latents);
        GoldenAssert.Close(Slice(run.Golden, "out.decoded", picture), decoded.Values, LatentTolerance);
        ComparePng(run.Png(picture), model.Pipeline.Decode(request, steps[^1].State!));
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void Answer_is_the_one_that_the_original_gave(string name)
    {
        var run = new RecordedRun(name);
        var seen = new RecordedTensors();
        var request = new ChatRequest { Turns = [new ChatTurn(ChatRole.User, run.Prompt(0)) { Images = run.Images }] };
        var deltas = model.Pipeline.Chat(request, new ParityOptions { TrustSpecialTokens = true, Record = seen.Add }).ToList();

        Assert.Equal(run.Golden.Longs("chat.prompt_ids"), seen["chat.prompt_ids"].Select(id => (long)id));
        Assert.Equal(run.Golden.Longs("chat.generated_ids"), seen["chat.generated_ids"].Select(id => (long)id));
        var end = Assert.IsType<ChatDelta.Finished>(deltas[^1]);
        Assert.Equal((run.Golden.Longs("chat.prompt_ids").Length, run.Golden.Longs("chat.generated_ids").Length), (end.PromptTokens, end.NewTokens));
        Assert.Equal(run.IsPicture, deltas[0] is ChatDelta.ImageRequested);
        if (!run.IsPicture)
        {
            // The studio's reader does not get to see the token that ends an answer; the original leaves some of them in.
            var text = string.Concat(deltas.OfType<ChatDelta.Text>().Select(t => t.Value));
            Assert.Equal(run.ReturnedText.Replace("<|endoftext|>", "").Replace("<|img|>", ""), text);
        }
    }

    private static void CompareText(RecordedRun run, int picture, RecordedTensors seen)
    {
        var golden = run.Golden;
        var prompt = Math.Min(picture, run.Prompts - 1);
        CompareFeatures(golden, "text.embeds", "text.mask", picture, seen);
        Assert.Equal(Ids(golden, "text.input_ids", prompt), seen["text.input_ids"].Select(id => (long)id));
        if (golden.Has("text.negative_embeds"))
        {
            CompareFeatures(golden, "text.negative_embeds", "text.negative_mask", picture, seen);
            Assert.Equal(Ids(golden, "text.negative_input_ids", prompt), seen["text.negative_input_ids"].Select(id => (long)id));
        }
    }

    private static void CompareFeatures(GoldenTensors golden, string name, string mask, int picture, RecordedTensors seen)
    {
        var width = (int)golden.Shape(name)[^1];
        var valid = golden.Longs(mask).Skip(picture * (int)golden.Shape(mask)[1]).Take((int)golden.Shape(mask)[1]).Count(m => m != 0);
        GoldenAssert.Close(Slice(golden, name, picture).AsSpan(0, valid * width), seen[name], TextTolerance);
    }

    private static void CompareReferences(RecordedRun run, RecordedTensors seen)
    {
        foreach (var name in run.Golden.Names.Where(n => n.StartsWith("ref", StringComparison.Ordinal)))
        {
            GoldenAssert.Close(run.Golden.Floats(name), seen[name], name.EndsWith(".image", StringComparison.Ordinal) ? ImageTolerance : LatentTolerance);
        }
    }

    private static void CompareSteps(RecordedRun run, int picture, List<DenoiseStep> steps, RecordedTensors seen)
    {
        Assert.Equal(run.Times, seen["input.timesteps"]);
        Assert.Equal(run.Times.Count, steps.Count);
        for (var i = 0; i < steps.Count; i++)
        {
            Assert.Equal((i + 1, steps.Count, run.Calls(i).Count), (steps[i].Index, steps[i].Count, steps[i].Passes));
            GoldenAssert.Close(Slice(run.Golden, $"out.step{i:00}.latent", picture), seen[$"out.step{i:00}.latent"], LatentTolerance);
            Assert.Equal(seen[$"out.step{i:00}.latent"], steps[i].State!.Latents.Values);
        }

        foreach (var branch in run.Calls(0))
        {
            GoldenAssert.Close(Slice(run.Golden, $"out.step00.{branch}", picture), seen[$"out.step00.{branch}"], LatentTolerance);
        }
    }

    /// <summary>At most one level, in at most 0.1 % of the bytes.</summary>
    private static void ComparePng(RgbImage expected, RgbImage actual)
    {
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        var differences = expected.Pixels.Zip(actual.Pixels, (e, a) => Math.Abs(e - a)).ToList();
        Assert.InRange(differences.Max(), 0, 1);
        Assert.InRange(differences.Count(d => d > 0), 0, expected.Pixels.Length / 1000);
    }

    private static long[] Ids(GoldenTensors golden, string name, int prompt)
    {
        var length = (int)golden.Shape(name)[1];
        var mask = name.Replace("input_ids", "mask");
        var row = golden.Longs(name).AsSpan(prompt * length, length);

        // A recorded batch is padded on the right; in chat runs the mask belongs to the features, which lack the pictures' tokens.
        var valid = golden.Shape(name).SequenceEqual(golden.Shape(mask)) ? (int)golden.Longs(mask).Skip(prompt * length).Take(length).Sum() : length;
        return row[..valid].ToArray();
    }

    private static float[] Slice(GoldenTensors golden, string name, int picture)
    {
        var size = (int)golden.Shape(name).Skip(1).Aggregate(1L, (a, b) => a * b);
        return golden.Floats(name).AsSpan(picture * size, size).ToArray();
    }
}
