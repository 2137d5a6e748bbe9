using System.Text.Json;
using OmniGen2.Tokenization;

namespace OmniGen2.Tests.Tokenization;

/// <summary>Both prompt forms against the original pipelines' strings and ids. There all text is trusted.</summary>
public class PromptTemplateGoldenTests
{
    private const string File = "chat/prompts.json";

    private static readonly PromptTemplate Template = new(TokenizerCases.Tiny);
    private static readonly JsonElement[] Cases = TokenizerCases.Read(File);

    [Fact]
    public void Recorded_prompts_become_the_recorded_strings() =>
        TokenizerCases.AllEqual(Cases, item => (item.String("text"), Prompt(item).Text));

    [Theory]
    [InlineData("tiny", "ids")]
    [InlineData("qwen25", "ids_qwen25")]
    public void Recorded_prompts_become_the_recorded_ids(string tokenizer, string key) =>
        TokenizerCases.AllEqual(Cases, item => (
            item.Ints(item.String("pipeline") == "chat" ? key + "_unexpanded" : key),
            new PromptTemplate(TokenizerCases.Of(tokenizer)).Encode(Prompt(item))));

    [Fact]
    public void Every_picture_gets_as_many_pads_as_it_has_tokens()
    {
        var chats = Cases.Where(item => item.TryGetProperty("input_ids", out _)).ToArray();
        TokenizerCases.AllEqual(chats, item => (item.Ints("input_ids"), Template.Encode(Prompt(item), PictureTokens(item))));
    }

    [Fact]
    public void A_typed_image_pad_among_pictures_is_an_error_as_it_was_for_the_original()
    {
        var failing = Cases.Where(item => item.TryGetProperty("error", out _)).ToArray();
        Assert.NotEmpty(failing);
        foreach (var item in failing)
        {
            int[] pictures = [.. item.GetProperty("image_sizes_hw").EnumerateArray().Select(_ => 1)];
            var error = Assert.Throws<ModelException>(() => Template.Encode(Prompt(item), pictures));
            Assert.Contains($"places for {pictures.Length + 1} pictures and comes with {pictures.Length}", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_system_prompt_and_padding_are_the_recorded_ones()
    {
        TokenizerCases.Read(File, out var root);
        Assert.Equal(PromptTemplate.SystemPrompt, root.String("system_prompt"));
        Assert.Equal(root.GetProperty("pad_token_id").GetInt32(), TokenizerCases.Tiny.PadId);
        Assert.Equal("right", root.String("padding_side"));
    }

    [Fact]
    public void Recorded_batches_are_cut_and_padded_as_recorded()
    {
        foreach (var item in TokenizerCases.Read("chat/truncation.json"))
        {
            int? maxLength = item.GetProperty("max_length").ValueKind == JsonValueKind.Null ? null : item.GetProperty("max_length").GetInt32();
            int[][] rows = [.. item.GetProperty("texts").EnumerateArray().Select(text => TokenizerCases.Tiny.EncodeTrusted(text.GetString()!))];
            var batch = TokenBatch.Pad(rows, TokenizerCases.Tiny.PadId, maxLength);
            Assert.Equal(Flat(item, "input_ids"), batch.Ids);
            Assert.Equal(Flat(item, "attention_mask"), batch.Mask);
            Assert.Equal((rows.Length, batch.Ids.Length / rows.Length), (batch.Rows, batch.Length));
        }
    }

    private static PromptText Prompt(JsonElement item) => item.String("pipeline") == "image"
        ? PromptTemplate.ForImage(item.String("prompt"), trusted: true)
        : PromptTemplate.ForChat(item.String("prompt"), item.GetProperty("images") is { ValueKind: JsonValueKind.Number } images ? images.GetInt32() : 0, trusted: true);

    // A merged unit is 2 × 2 patches.
    private static int[] PictureTokens(JsonElement item) => item.TryGetProperty("image_grid_thw", out var grids)
        ? [.. grids.EnumerateArray().Select(grid => grid.Ints().Aggregate((a, b) => a * b) / 4)]
        : [];

    private static long[] Flat(JsonElement item, string key) => [.. item.GetProperty(key).EnumerateArray().SelectMany(row => row.Ints()).Select(id => (long)id)];
}
