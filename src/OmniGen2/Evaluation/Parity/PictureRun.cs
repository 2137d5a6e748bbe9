namespace OmniGen2.Evaluation.Parity;

/// <summary>Draws the pictures of a recorded run again, each alone, and compares from the prompt to the bytes.</summary>
internal sealed class PictureRun(OmniGen2Pipeline pipeline, RecordedRun run, CaseChecks checks)
{
    private const int MaxLevels = 1;
    private const double MaxDiffering = 0.001;

    private static readonly Tolerance Text = Tolerance.Within(2e-5);
    private static readonly Tolerance Latents = Tolerance.Within(3e-5);
    private static readonly Tolerance Pixels = Tolerance.Within(1e-6);

    private readonly RecordedFile _file = run.Tensors;

    public void Compare()
    {
        for (var picture = 0; picture < run.Pictures; picture++)
        {
            Compare(picture);
        }
    }

    private void Compare(int picture)
    {
        var recorder = new RunRecorder();
        var request = run.Request(picture);
        var steps = pipeline.Denoise(request, run.Parity(picture, recorder)).Where(s => s.Phase == DenoisePhase.Denoising).ToList();
        foreach (var prefix in (string[])["text.", "text.negative_"])
        {
            CompareText(picture, prefix, recorder);
        }

        CompareReferences(recorder);
        CompareSteps(picture, steps, recorder);
        checks.Near(Title("out.decoded", picture), run.Slice("out.decoded", picture), pipeline.DecodePixels(steps[^1].State!.Latents).Values, Latents);
        ComparePng(picture, pipeline.Decode(request, steps[^1].State!));
    }

    /// <summary>Valid tokens only: a recorded batch is padded on the right.</summary>
    private void CompareText(int picture, string prefix, RunRecorder recorder)
    {
        if (!_file.Has($"{prefix}embeds"))
        {
            return;
        }

        var (maskShape, mask) = (_file.Shape($"{prefix}mask"), _file.Longs($"{prefix}mask"));
        var valid = mask.AsSpan(picture * (int)maskShape[1], (int)maskShape[1]).ToArray().Count(m => m != 0);
        var width = (int)_file.Shape($"{prefix}embeds")[^1];
        checks.Near<float>(Title($"{prefix}embeds", picture), run.Slice($"{prefix}embeds", picture).AsSpan(0, valid * width), recorder[$"{prefix}embeds"], Text);

        // In chat runs the mask belongs to the features, which lack the pictures' tokens.
        var (ids, idShape) = (_file.Ints($"{prefix}input_ids"), _file.Shape($"{prefix}input_ids"));
        var length = (int)idShape[1];
        var row = ids.AsSpan(Math.Min(run.PromptOf(picture), (int)idShape[0] - 1) * length, length).ToArray();
        checks.Same(Title($"{prefix}input_ids", picture), length == maskShape[1] ? row[..valid] : row, recorder.Ids($"{prefix}input_ids"));
    }

    private void CompareReferences(RunRecorder recorder)
    {
        for (var i = 0; _file.Has($"ref{i}.latent"); i++)
        {
            if (_file.Has($"ref{i}.image"))
            {
                checks.Near($"ref{i}.image", _file.Floats($"ref{i}.image"), recorder[$"ref{i}.image"], Pixels);
            }

            foreach (var part in (string[])["posterior_mean", "posterior_std", "noise", "latent"])
            {
                checks.Near($"ref{i}.{part}", _file.Floats($"ref{i}.{part}"), recorder[$"ref{i}.{part}"], Latents);
            }
        }
    }

    private void CompareSteps(int picture, List<DenoiseStep> steps, RunRecorder recorder)
    {
        var times = run.Times;
        checks.Near("timesteps_fp32", times, recorder["input.timesteps"], Tolerance.Exact);
        checks.Same("steps", times.Length, steps.Count);
        for (var i = 0; i < Math.Min(times.Length, steps.Count); i++)
        {
            var calls = run.Calls(i);
            checks.Same($"step {i}: calls", calls.Count, steps[i].Passes);
            checks.Same($"step {i}: times", calls.Select(c => c.Time), calls.Select(_ => times[i]));
            var name = $"out.step{i:00}.latent";
            checks.Near(Title(name, picture), run.Slice(name, picture), steps[i].State!.Latents.Values, Latents);
        }

        foreach (var name in run.Calls(0).Select(c => $"out.step00.{c.Branch}"))
        {
            checks.Near(Title(name, picture), run.Slice(name, picture), recorder[name], Latents);
        }
    }

    private void ComparePng(int picture, RgbImage drawn)
    {
        var png = run.Png(picture);
        checks.Same(Title("png_size_wh", picture), run.Entry["png_size_wh"].Ints, [drawn.Width, drawn.Height]);
        checks.Levels(Title("png", picture), png.Pixels, drawn.Pixels, MaxLevels, MaxDiffering);
    }

    private string Title(string name, int picture) => run.Pictures == 1 ? name : $"{name}, picture {picture}";
}
