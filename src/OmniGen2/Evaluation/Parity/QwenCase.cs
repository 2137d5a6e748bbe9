using OmniGen2.Imaging;
using OmniGen2.Models.Language;
using OmniGen2.Models.Vision;
using OmniGen2.Tokenization;

namespace OmniGen2.Evaluation.Parity;

/// <summary>One recorded prompt: what it becomes, every intermediate result, and the answer token by token.</summary>
internal sealed class QwenCase(QwenParts parts, RecordedJson entry, RecordedFile file, CaseChecks checks)
{
    private readonly IReadOnlyList<QwenImage> _images = parts.Images(entry["images"]);

    private QwenPrompt Prompt => new(file.Ints("input_ids"), _images);

    public void Compare()
    {
        ComparePrompt();
        ComparePictures();
        using var recorder = new QwenRecorder(parts.Single.Model);
        using var state = recorder.Model.Prefill(Prompt);
        foreach (var name in file.Names.Where(n => recorder.Has(n) && file.IsFloating(n)).ToList())
        {
            checks.Near(name, file.Floats(name), recorder[name], QwenTolerance.Of(name));
        }

        CompareFeatures(state);
        CompareAnswer(recorder, state);
    }

    /// <summary>The same in bf16, against the fp32 case and against the original's bf16.</summary>
    public static void CompareHalf(QwenParts parts, RecordedJson entry, RecordedFile exact, RecordedFile half, CaseChecks checks)
    {
        using var recorder = new QwenRecorder(parts.Half.Model);
        using var state = recorder.Model.Prefill(new QwenPrompt(exact.Ints("input_ids"), parts.Images(entry["images"])));
        _ = recorder.Model.Generate(state, parts.Options with { MaxNewTokens = 1 }).ToList();
        foreach (var name in half.Names.ToList())
        {
            var computed = recorder[name == "logits_last" ? "gen.logits" : name];
            checks.Points($"{name} in fp32", exact.Floats(name), computed, QwenTolerance.LeastHalfCosine, QwenTolerance.HalfPart);
            checks.Points(name, half.Floats(name), computed, QwenTolerance.LeastCosineOfHalves);
        }
    }

    private void ComparePrompt()
    {
        var (ids, tokens) = (file.Ints("input_ids"), parts.Tokens(_images));
        var prompt = PromptTemplate.ForChat(entry["prompt"].Text, _images.Count, trusted: true);
        checks.Same("text", entry["text"].Text, prompt.Text);
        checks.Same("input_ids", ids, parts.Template.Encode(prompt, tokens));
        checks.Same("attention_mask", file.Longs("attention_mask"), ids.Select(_ => 1L));
        checks.Same("prompt_tokens", entry["prompt_tokens"].Int, ids.Length);
        checks.Same("image_pads", entry["image_pads"].Int, tokens.Sum());

        var positions = TokenPositions.Of(Prompt, parts.Config);
        checks.Same("position_ids", file.Ints("position_ids"), [.. positions.Time, .. positions.Rows, .. positions.Columns]);
        checks.Same("rope_delta", file.Ints("rope_delta"), [positions.Next - positions.Count]);
    }

    private void ComparePictures()
    {
        if (_images.Count == 0)
        {
            return;
        }

        var layout = VisionLayout.Of([.. _images.Select(ImageGrid.Of)], parts.Config.Vision);
        CompareIfRecorded("image_grid_thw", _images.SelectMany(i => (int[])[i.GridTime, i.GridHeight, i.GridWidth]));
        CompareIfRecorded("vision.window_index", layout.Order);
        CompareIfRecorded("vision.cu_window_seqlens", layout.WindowStarts);
        CompareIfRecorded("vision.cu_seqlens", layout.ImageStarts);
        if (file.Has("pixel_values"))
        {
            float[] computed = [.. entry["images"].Texts.SelectMany(letter => parts.Processor.Process(parts.Picture(letter)).PixelValues)];
            checks.Near("pixel_values", file.Floats("pixel_values"), computed, QwenTolerance.Pixels);
        }

        void CompareIfRecorded(string name, IEnumerable<int> computed)
        {
            if (file.Has(name))
            {
                checks.Same(name, file.Ints(name), computed);
            }
        }
    }

    private void CompareFeatures(LanguageState state)
    {
        using var features = state.Features();
        checks.Near("features", file.Floats("features"), features.Floats(), QwenTolerance.Of("features"));
        checks.Same("features_mask", file.Longs("features_mask"), Enumerable.Repeat(1L, (int)features.shape[0]));
        if (file.Has("logits_all"))
        {
            using var hidden = parts.Single.Model.Encode(Prompt);
            using var logits = parts.Single.Model.Language.Logits(hidden);
            checks.Near("logits_all", file.Floats("logits_all"), logits.Floats(), QwenTolerance.Of("logits_all"));
        }
    }

    private void CompareAnswer(QwenRecorder recorder, LanguageState state)
    {
        var recorded = file.Ints("gen.ids");
        int[] ids = [.. recorder.Model.Generate(state, parts.Options with { MaxNewTokens = recorded.Length, EndIds = [] })];
        checks.Same("gen.ids", recorded, ids);
        checks.Same("generated_ids", entry["generated_ids"].Ints, ids);
        checks.Same("generated_text", entry["generated_text"].Text, parts.Template.Tokenizer.Decode(ids));
        checks.Near<float>("logits_last", file.Floats("logits_last"), recorder["gen.logits"].AsSpan(0, (int)recorder.Model.Language.VocabSize), QwenTolerance.Of("logits_last"));
        checks.Near("gen.logits", file.Floats("gen.logits"), recorder["gen.logits"], QwenTolerance.Of("gen.logits"));
        checks.Near("gen.scores", file.Floats("gen.scores"), recorder["gen.scores"], QwenTolerance.Of("gen.scores"));
        var positions = recorder["gen.position_ids"].Select(p => (int)p).ToList();
        checks.Same("gen.position_ids", file.Ints("gen.position_ids"), [.. positions, .. positions, .. positions]);
    }
}
