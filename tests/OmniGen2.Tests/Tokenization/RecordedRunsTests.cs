using System.Text.Json;
using OmniGen2.Tokenization;

namespace OmniGen2.Tests.Tokenization;

/// <summary>Prompts into, and answers out of, the recorded runs of the tiny language model.</summary>
public class RecordedRunsTests
{
    private static readonly PromptTemplate Template = new(TokenizerCases.Tiny);
    private static readonly JsonElement Index = JsonDocument.Parse(GoldenFile.Text("qwen-tiny/cases.json")).RootElement;

    public static TheoryData<string> Cases => [.. Names("cases")];

    public static TheoryData<string> Batches => [.. Names("batches")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_recorded_prompt_becomes_what_the_model_was_given(string name)
    {
        var item = Index.GetProperty("cases").GetProperty(name);
        var pictures = PictureTokens(item.GetProperty("images"));
        var prompt = PromptTemplate.ForChat(item.String("prompt"), pictures.Length);
        Assert.Equal(item.String("text"), prompt.Text);
        Assert.Equal(GoldenTensors.Open($"qwen-tiny/{name}.safetensors").Longs("input_ids"), Template.Encode(prompt, pictures).Select(id => (long)id));
        Assert.Equal(item.String("generated_text"), Template.Tokenizer.Decode(item.Ints("generated_ids")));
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void A_recorded_batch_is_padded_as_the_model_was_given_it(string name)
    {
        var item = Index.GetProperty("batches").GetProperty(name);
        var texts = item.GetProperty("texts").EnumerateArray().Select(text => text.GetString()!);
        var pictures = item.GetProperty("images").EnumerateArray().Select(PictureTokens);
        int[][] rows = [.. texts.Zip(pictures, (text, counts) => Template.Encode(PromptText.OfTrusted(text), counts))];
        var batch = TokenBatch.Pad(rows, Template.Tokenizer.PadId, left: name.Contains("left", StringComparison.Ordinal));
        var golden = GoldenTensors.Open($"qwen-tiny/{name}.safetensors");
        Assert.Equal(golden.Longs("input_ids"), batch.Ids);
        Assert.Equal(golden.Longs("attention_mask"), batch.Mask);
    }

    [Fact]
    public void A_recorded_answer_reads_as_recorded_and_stops_where_it_stopped()
    {
        var stops = new StopStrings(Template.Tokenizer, StopStrings.OfChat);
        foreach (var item in Index.GetProperty("stops").EnumerateArray())
        {
            var (prompt, ids) = (Template.Encode(PromptTemplate.ForChat(item.String("prompt"))), item.Ints("ids"));
            Assert.Equal(item.String("text"), Template.Tokenizer.Decode(ids));
            Assert.Equal(item.GetProperty("starts_with_img").GetBoolean(), ids[0] == Template.ImageRequestId);

            var stream = new TextStream(Template.Tokenizer, removed: "<|im_end|>");
            Assert.Equal(item.String("answer"), string.Concat(ids.Select(stream.Push)) + stream.Finish());
            for (var length = 1; length < ids.Length; length++)
            {
                Assert.False(stops.EndAfter([.. prompt, .. ids[..length]]));
            }

            Assert.Equal(item.String("kind") != "max length", stops.EndAfter([.. prompt, .. ids]));
        }
    }

    private static IEnumerable<string> Names(string key) => Index.GetProperty(key).EnumerateObject().Select(entry => entry.Name);

    private static int[] PictureTokens(JsonElement letters) =>
        [.. letters.EnumerateArray().Select(letter => (int)GoldenTensors.Open($"qwen-tiny/image_{letter.GetString()}.safetensors").Longs("image_grid_thw").Aggregate((a, b) => a * b) / 4)];
}
