using System.Text;
using System.Text.Json;
using OmniGen2.Tokenization;

namespace OmniGen2.Tests.Tokenization;

/// <summary>Text to ids to text as the original's tokenizer does it, for the tiny and for the real vocabulary.</summary>
public class BytePairTokenizerGoldenTests
{
    [Theory]
    [InlineData("tiny")]
    [InlineData("qwen25")]
    public void Recorded_texts_encode_to_the_recorded_ids(string name)
    {
        var tokenizer = TokenizerCases.Of(name);
        TokenizerCases.AllEqual(TokenizerCases.Read($"tokenizer/{name}-cases.json"), item => (item.Ints("ids"), tokenizer.EncodeTrusted(item.String("text"))));
    }

    [Theory]
    [InlineData("tiny")]
    [InlineData("qwen25")]
    public void Recorded_ids_decode_to_the_recorded_texts(string name)
    {
        var tokenizer = TokenizerCases.Of(name);
        TokenizerCases.AllEqual(TokenizerCases.Read($"tokenizer/{name}-cases.json"), item => (
            (string[])[item.String("decoded"), item.String("decoded_skip_special")],
            (string[])[tokenizer.Decode(item.Ints("ids")), tokenizer.Decode(item.Ints("ids"), skipSpecial: true)]));
    }

    [Theory]
    [InlineData("tiny")]
    [InlineData("qwen25")]
    public void Broken_utf8_decodes_to_the_recorded_replacement_characters(string name)
    {
        var tokenizer = TokenizerCases.Of(name);
        TokenizerCases.AllEqual(TokenizerCases.Read($"tokenizer/{name}-decode.json"), item =>
        {
            var ids = item.Ints("ids");
            var skips = item.TryGetProperty("decoded_skip_special", out var skipped);
            return (
                (string?[])[item.String("decoded"), skips ? skipped.GetString() : null],
                (string?[])[tokenizer.Decode(ids), skips ? tokenizer.Decode(ids, skipSpecial: true) : null]);
        });
    }

    [Theory]
    [InlineData("tiny")]
    [InlineData("qwen25")]
    public void Streaming_any_recorded_ids_gives_the_text_of_decoding_them_at_once(string name)
    {
        var tokenizer = TokenizerCases.Of(name);
        JsonElement[] cases = [.. TokenizerCases.Read($"tokenizer/{name}-cases.json"), .. TokenizerCases.Read($"tokenizer/{name}-decode.json")];
        TokenizerCases.AllEqual(cases, item =>
        {
            var stream = new TextStream(tokenizer);
            var text = new StringBuilder();
            foreach (var id in item.Ints("ids"))
            {
                text.Append(stream.Push(id));
            }

            return (item.String("decoded"), text.Append(stream.Finish()).ToString());
        });
    }

    [Theory]
    [InlineData("tiny", "tokenizer")]
    [InlineData("qwen25", "vocab_size")]
    public void The_recorded_tokenizer_is_the_one_loaded(string name, string key)
    {
        TokenizerCases.Read($"tokenizer/{name}-cases.json", out var root);
        Assert.True(root.TryGetProperty(key, out _));
        Assert.Equal(root.GetProperty("vocab_size").GetInt32(), TokenizerCases.Of(name).VocabularySize);
    }
}
