using OmniGen2.Imaging;
using OmniGen2.Models.Language;
using OmniGen2.Models.Vision;
using OmniGen2.Tokenization;

namespace OmniGen2.Evaluation.Parity;

// B rows · S columns · n new tokens · V vocabulary

/// <summary>A recorded batch of padded prompts. Every row runs alone here, and is compared with its valid columns.</summary>
internal sealed class QwenBatch(QwenParts parts, RecordedJson entry, RecordedFile file, CaseChecks checks)
{
    private readonly int _width = (int)file.Shape("input_ids")[1];
    private readonly int[] _ids = file.Ints("input_ids");
    private readonly long[] _mask = file.Longs("attention_mask");
    private readonly List<IReadOnlyList<QwenImage>> _images = [.. entry["images"].Items.Select(parts.Images)];

    private int Rows => _images.Count;

    public void Compare()
    {
        ComparePadding();
        ComparePictures();
        var pictures = new List<float>();
        for (var row = 0; row < Rows; row++)
        {
            using var seen = new QwenRecorder(parts.Single.Model);
            using var state = seen.Model.Prefill(new QwenPrompt([.. Columns(row).Select(c => _ids[(row * _width) + c])], _images[row]));
            ComparePositions(row);
            CompareHidden(row, seen, state);
            CompareAnswer(row, seen, state);
            pictures.AddRange(seen["vision.out"]);
        }

        if (file.Has("vision.out"))
        {
            checks.Near("vision.out", file.Floats("vision.out"), [.. pictures], QwenTolerance.Of("vision.out"));
        }
    }

    /// <summary>The original's sampler saw the padding, too.</summary>
    private int[] Padding(int row) => [.. Enumerable.Range(0, _width).Where(c => _mask[(row * _width) + c] == 0).Select(c => _ids[(row * _width) + c]).Distinct()];

    private int[] Columns(int row) => [.. Enumerable.Range(0, _width).Where(c => _mask[(row * _width) + c] != 0)];

    private void ComparePadding()
    {
        int[][] rows = [.. entry["texts"].Texts.Zip(_images, (text, images) => parts.Template.Encode(PromptText.OfTrusted(text), parts.Tokens(images)))];
        var isLeft = Enumerable.Range(0, Rows).Any(row => _mask[row * _width] == 0);
        var batch = TokenBatch.Pad(rows, parts.Template.Tokenizer.PadId, left: isLeft);
        checks.Same("input_ids", _ids.Select(id => (long)id), batch.Ids);
        checks.Same("attention_mask", _mask, batch.Mask);
    }

    private void ComparePictures()
    {
        var images = _images.SelectMany(i => i).ToList();
        if (file.Has("image_grid_thw"))
        {
            checks.Same("image_grid_thw", file.Ints("image_grid_thw"), images.SelectMany(i => (int[])[i.GridTime, i.GridHeight, i.GridWidth]));
        }

        if (file.Has("vision.window_index"))
        {
            checks.Same("vision.window_index", file.Ints("vision.window_index"), VisionLayout.Of([.. images.Select(ImageGrid.Of)], parts.Config.Vision).Order);
        }
    }

    private void ComparePositions(int row)
    {
        var (columns, recorded) = (Columns(row), file.Ints("position_ids"));      // [3, B, S]
        var positions = TokenPositions.Of(new QwenPrompt([.. columns.Select(c => _ids[(row * _width) + c])], _images[row]), parts.Config);
        checks.Same($"position_ids, row {row}", Axes(columns), [.. positions.Time, .. positions.Rows, .. positions.Columns]);

        // Counted from the end of the padded row.
        checks.Same($"rope_delta, row {row}", file.Ints("rope_delta")[row], positions.Next - _width);

        IEnumerable<int> Axes(int[] columns) => Enumerable.Range(0, 3).SelectMany(axis => columns.Select(c => recorded[(((axis * Rows) + row) * _width) + c]));
    }

    private void CompareHidden(int row, QwenRecorder seen, LanguageState state)
    {
        foreach (var name in file.Names.Where(n => n.StartsWith("hidden.", StringComparison.Ordinal) && seen.Has(n)).ToList())
        {
            checks.Near($"{name}, row {row}", Valid(name, row, Columns(row)), seen[name], QwenTolerance.Of(name));
        }

        if (file.Has("features"))
        {
            using var features = state.Features();
            var count = (int)features.shape[0];
            int[] first = [.. Enumerable.Range(0, count)];
            checks.Near($"features, row {row}", Valid("features", row, first), features.Floats(), QwenTolerance.Of("features"));
            var width = (int)file.Shape("features")[1];
            var mask = file.Longs("features_mask").AsSpan(row * width, width).ToArray();
            checks.Same($"features_mask, row {row}", mask, Enumerable.Range(0, width).Select(c => c < count ? 1L : 0));
        }
    }

    private void CompareAnswer(int row, QwenRecorder seen, LanguageState state)
    {
        var vocabulary = (int)seen.Model.Language.VocabSize;
        var (ids, count) = Answer(row);
        int[] computed = [.. seen.Model.Generate(state, parts.Options with { MaxNewTokens = Math.Max(1, ids.Length), AlsoSeen = Padding(row) })];
        CompareLastLogits(row, seen["gen.logits"][..vocabulary]);
        if (ids.Length == 0)
        {
            return;
        }

        checks.Same($"gen.ids, row {row}", ids[..count], computed);
        var logits = file.Floats("gen.logits").AsSpan(row * ids.Length * vocabulary, count * vocabulary).ToArray();
        checks.Near($"gen.logits, row {row}", logits, seen["gen.logits"], QwenTolerance.Of("gen.logits"));
        var scores = file.Floats("gen.scores").AsSpan(row * ids.Length * vocabulary, count * vocabulary).ToArray();
        checks.Near($"gen.scores, row {row}", scores, seen["gen.scores"], QwenTolerance.Of("gen.scores"));
        var positions = file.Ints("gen.position_ids");                            // [3, B, n]
        for (var axis = 0; axis < 3; axis++)
        {
            var recorded = positions.AsSpan(((axis * Rows) + row) * ids.Length, count).ToArray();
            checks.Same($"gen.position_ids, row {row}, axis {axis}", recorded, seen["gen.position_ids"].Select(p => (int)p));
        }
    }

    /// <summary>Behind a row that is padded on the right stands what the original guessed from a pad.</summary>
    private void CompareLastLogits(int row, float[] logits)
    {
        if (file.Has("logits_last"))
        {
            var recorded = file.Floats("logits_last").AsSpan(row * logits.Length, logits.Length).ToArray();
            if (_mask[((row + 1) * _width) - 1] != 0)
            {
                checks.Near($"logits_last, row {row}", recorded, logits, QwenTolerance.Of("logits_last"));
            }
        }
    }

    /// <summary>Ids of a row, and how many count: those behind an end do not.</summary>
    private (int[] Ids, int Count) Answer(int row)
    {
        if (!file.Has("gen.ids"))
        {
            return ([], 0);
        }

        var steps = (int)file.Shape("gen.ids")[1];
        var ids = file.Ints("gen.ids").AsSpan(row * steps, steps).ToArray();
        var end = Array.FindIndex(ids, parts.Options.EndIds.Contains);
        return (ids, end < 0 ? steps : end + 1);
    }

    /// <summary>Some columns of one row of [B, S, D].</summary>
    private float[] Valid(string name, int row, int[] columns)
    {
        var (shape, values) = (file.Shape(name), file.Floats(name));
        var (length, width) = ((int)shape[1], (int)shape[2]);
        return [.. columns.SelectMany(c => values.AsSpan(((row * length) + c) * width, width).ToArray())];
    }
}
