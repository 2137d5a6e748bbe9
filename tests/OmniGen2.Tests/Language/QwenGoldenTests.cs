using OmniGen2.Models.Language;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Language;

public sealed class QwenGoldenTests : IDisposable
{
    private readonly QwenModel _tiny = new();

    private Qwen Model => _tiny.Model;

    [Theory]
    [MemberData(nameof(QwenCases.All), MemberType = typeof(QwenCases))]
    public void Every_intermediate_result_is_the_originals(string name)
    {
        using var state = Model.Prefill(QwenCases.Prompt(name));
        var golden = QwenCases.Open(name);
        var compared = 0;
        foreach (var record in golden.Names.Where(n => n.StartsWith("vision.", StringComparison.Ordinal) || n.StartsWith("lm.", StringComparison.Ordinal) || n.StartsWith("hidden.", StringComparison.Ordinal)))
        {
            if (golden.DType(record) == "F32")
            {
                GoldenAssert.Close(golden.Floats(record), _tiny.Recorded(record), Tolerance(record), record);
                compared++;
            }
        }
        Assert.Equal(name switch { "text" => 15, "images_ba" => 17, _ => 31 }, compared);
    }

    [Theory]
    [MemberData(nameof(QwenCases.All), MemberType = typeof(QwenCases))]
    public void The_diffusion_transformer_gets_the_originals_features(string name)
    {
        using var state = Model.Prefill(QwenCases.Prompt(name));
        using var features = state.Features();
        GoldenAssert.Close(QwenCases.Open(name).Floats("features"), features.Floats(), 3e-4, "features");
    }

    [Fact]
    public void A_text_prompt_is_encoded_without_an_answer_in_mind()
    {
        using var hidden = Model.Encode(QwenCases.Prompt("text"));
        using var logits = Model.Language.Logits(hidden);
        var golden = QwenCases.Open("text");
        GoldenAssert.Close(golden.Floats("features"), hidden.Floats(), 3e-4, "features");
        GoldenAssert.Close(golden.Floats("logits_all"), logits.Floats(), 3e-4, "logits_all");
    }

    [Theory]
    [MemberData(nameof(QwenCases.All), MemberType = typeof(QwenCases))]
    public void Answers_are_the_originals_token_by_token(string name)
    {
        using var state = Model.Prefill(QwenCases.Prompt(name));
        var golden = QwenCases.Open(name);
        var ids = Model.Generate(state, QwenCases.Options with { MaxNewTokens = 24, EndIds = [] });
        Assert.Equal(golden.Longs("gen.ids"), ids.Select(id => (long)id));

        var vocabulary = (int)Model.Language.VocabSize;
        GoldenAssert.Close(golden.Floats("logits_last"), _tiny.Recorded("gen.logits").AsSpan(0, vocabulary), 3e-4, "logits_last");
        GoldenAssert.Close(golden.Floats("gen.logits"), _tiny.Recorded("gen.logits"), 3e-4, "gen.logits");
        GoldenAssert.Close(golden.Floats("gen.scores"), _tiny.Recorded("gen.scores"), 3e-4, "gen.scores");
        var positions = _tiny.Recorded("gen.position_ids").Select(p => (long)p);
        Assert.Equal(golden.Longs("gen.position_ids"), Enumerable.Repeat(positions, 3).SelectMany(p => p));
    }

    [Theory]
    [MemberData(nameof(QwenCases.Batches), MemberType = typeof(QwenCases))]
    public void A_row_of_a_padded_batch_runs_alone_and_gives_the_same(string batch)
    {
        var golden = QwenCases.Open(batch);
        var rows = QwenCases.Rows(batch).ToList();
        for (var row = 0; row < rows.Count; row++)
        {
            var (prompt, columns) = rows[row];
            _tiny.Forget();
            using var state = Model.Prefill(prompt);
            foreach (var record in golden.Names.Where(n => n.StartsWith("hidden.", StringComparison.Ordinal)))
            {
                GoldenAssert.Close(Valid(golden, record, row, columns), _tiny.Recorded(record), 3e-4, record);
            }
            if (golden.Has("features"))
            {
                using var features = state.Features();
                var valid = Enumerable.Range(0, (int)features.shape[0]).ToArray();
                GoldenAssert.Close(Valid(golden, "features", row, valid), features.Floats(), 3e-4, "features");
            }
        }
    }

    [Theory]
    [InlineData("batch_left_text")]
    [InlineData("batch_left_images")]
    public void Rows_padded_on_the_left_are_answered_as_alone(string batch)
    {
        var golden = QwenCases.Open(batch);
        var (ids, vocabulary) = (golden.Longs("gen.ids"), (int)Model.Language.VocabSize);
        var (steps, rows) = ((int)golden.Shape("gen.ids")[1], QwenCases.Rows(batch).ToList());
        for (var row = 0; row < rows.Count; row++)
        {
            _tiny.Forget();
            using var state = Model.Prefill(rows[row].Prompt);
            var expected = ids.AsSpan(row * steps, steps).ToArray().Select(id => (int)id).ToList();
            var end = expected.FindIndex(QwenCases.Options.EndIds.Contains);
            var count = end < 0 ? steps : end + 1;
            Assert.Equal(expected.Take(count), Model.Generate(state, QwenCases.Options with { MaxNewTokens = steps }));
            var logits = golden.Floats("gen.logits").AsSpan(row * steps * vocabulary, count * vocabulary);
            GoldenAssert.Close(logits, _tiny.Recorded("gen.logits"), 3e-4, "gen.logits");
        }
    }

    [Fact]
    public void In_bf16_every_record_points_where_the_original_points()
    {
        using var half = new QwenModel(ScalarType.BFloat16);
        using var state = half.Model.Prefill(QwenCases.Prompt("images_ab"));
        Assert.Single(half.Model.Generate(state, QwenCases.Options with { MaxNewTokens = 1 }));
        var (exact, rounded) = (QwenCases.Open("images_ab"), QwenCases.Open("images_ab_bf16"));
        foreach (var record in rounded.Names)
        {
            var found = half.Recorded(record == "logits_last" ? "gen.logits" : record);
            Assert.InRange(Closeness.Cosine(exact.Floats(record), found), 0.999, 1.0001);
            Assert.InRange(Closeness.Cosine(rounded.Floats(record), found), 0.999, 1.0001);
            GoldenAssert.Close(exact.Floats(record), found, 0.08 * exact.Floats(record).Max(Math.Abs), record);
        }
    }

    public void Dispose() => _tiny.Dispose();

    private static double Tolerance(string record) => record switch
    {
        _ when record.Contains("rope", StringComparison.Ordinal) => 1e-5,
        _ when record.StartsWith("vision.", StringComparison.Ordinal) => 2e-4,
        _ => 3e-4,
    };

    /// <summary>The columns of one row of [B, S, D].</summary>
    private static float[] Valid(GoldenTensors golden, string name, int row, int[] columns)
    {
        var (shape, values) = (golden.Shape(name), golden.Floats(name));
        var (length, width) = ((int)shape[1], (int)shape[2]);
        return [.. columns.SelectMany(c => values.AsSpan(((row * length) + c) * width, width).ToArray())];
    }
}
