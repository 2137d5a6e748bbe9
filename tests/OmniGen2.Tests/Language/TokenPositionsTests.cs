using OmniGen2.Imaging;
using OmniGen2.Models.Language;

namespace OmniGen2.Tests.Language;

public class TokenPositionsTests
{
    [Theory]
    [MemberData(nameof(QwenCases.All), MemberType = typeof(QwenCases))]
    public void Text_walks_the_diagonal_and_pictures_spread_over_rows_and_columns(string name)
    {
        var golden = QwenCases.Open(name);
        var positions = TokenPositions.Of(QwenCases.Prompt(name), QwenCases.Config);
        Assert.Equal(golden.Longs("position_ids"), positions.Time.Concat(positions.Rows).Concat(positions.Columns).Select(p => (long)p));
        Assert.Equal(golden.Longs("rope_delta")[0], positions.Next - positions.Count);
    }

    [Theory]
    [MemberData(nameof(QwenCases.Batches), MemberType = typeof(QwenCases))]
    public void A_row_of_a_padded_batch_has_the_positions_it_has_alone(string batch)
    {
        var golden = QwenCases.Open(batch);
        var (expected, shape) = (golden.Longs("position_ids"), golden.Shape("position_ids"));
        var rows = QwenCases.Rows(batch).ToList();
        for (var row = 0; row < rows.Count; row++)
        {
            var (prompt, columns) = rows[row];
            var positions = TokenPositions.Of(prompt, QwenCases.Config);
            Assert.Equal(OnAxis(0), positions.Time);
            Assert.Equal(OnAxis(1), positions.Rows);
            Assert.Equal(OnAxis(2), positions.Columns);
            Assert.Equal(golden.Longs("rope_delta")[row], positions.Next - shape[2]);

            IEnumerable<int> OnAxis(int axis) => columns.Select(c => (int)expected[(((axis * shape[1]) + row) * shape[2]) + c]);
        }
    }

    [Fact]
    public void A_prompt_must_hold_one_place_for_every_picture()
    {
        var (pad, image) = (QwenCases.Config.ImagePadId, QwenCases.Image("b"));
        var pads = Enumerable.Repeat(pad, 8);
        Assert.Contains("places for 0 pictures and comes with 1", Fault([1, 2], image), StringComparison.Ordinal);
        Assert.Contains("places for 1 pictures and comes with 2", Fault([1, .. pads, 2], image, image), StringComparison.Ordinal);
        Assert.Contains("makes 8 tokens and the prompt holds 7", Fault([1, .. pads.Skip(1), 2], image), StringComparison.Ordinal);
        Assert.Contains("places for 2 pictures and comes with 1", Fault([1, .. pads, 2, pad], image), StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_must_be_whole_and_cut_into_the_models_patches()
    {
        var ids = Enumerable.Repeat(QwenCases.Config.ImagePadId, 8).ToArray();
        Assert.Contains("3 × 8 patches", Fault(ids, new QwenImage(1, 3, 8, [])), StringComparison.Ordinal);
        Assert.Contains("has 5 values where 32 patches of 1176", Fault(ids, new QwenImage(1, 8, 4, new float[5])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_prompt_longer_than_the_model_reads_is_refused_with_both_numbers()
    {
        var config = QwenCases.Config with { MaxPositions = 4 };
        var fault = Assert.Throws<ModelException>(() => TokenPositions.Of(new QwenPrompt([1, 2, 3, 4, 5]), config));
        Assert.Contains("5 tokens, pictures included, and the model reads at most 4", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ModelException>(() => TokenPositions.Of(new QwenPrompt([]), config));
    }

    [Fact]
    public void An_image_pad_without_pictures_is_a_token_like_any_other()
    {
        var positions = TokenPositions.Of(new QwenPrompt([1, QwenCases.Config.ImagePadId, 2]), QwenCases.Config);
        Assert.Equal([0, 1, 2], positions.Rows);
        Assert.Equal(3, positions.Next);
    }

    private static string Fault(int[] ids, params QwenImage[] images) =>
        Assert.Throws<ModelException>(() => TokenPositions.Of(new QwenPrompt(ids, images), QwenCases.Config)).Message;
}
