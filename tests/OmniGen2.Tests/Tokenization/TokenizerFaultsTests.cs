using System.Text.Json;
using OmniGen2.Tokenization;

namespace OmniGen2.Tests.Tokenization;

/// <summary>What is said when a tokenizer's files are missing, damaged or of different models.</summary>
public sealed class TokenizerFaultsTests : IDisposable
{
    private readonly TokenizerCopy _copy = new();

    [Fact]
    public void A_missing_folder_is_named() => AssertFault(() => BytePairTokenizer.Load(Path.Combine(Path.GetTempPath(), "nowhere")), "nowhere");

    [Theory]
    [InlineData("merges.txt", "lacks merges.txt (vocab.json is there)")]
    [InlineData("vocab.json", "lacks vocab.json (merges.txt is there)")]
    public void A_missing_file_is_named(string file, string says)
    {
        _copy.Remove(file, "tokenizer.json");
        AssertFault(_copy.Load, says);
    }

    [Theory]
    [InlineData("vocab.json")]
    [InlineData("tokenizer_config.json")]
    [InlineData("added_tokens.json")]
    [InlineData("special_tokens_map.json")]
    [InlineData("tokenizer.json")]
    public void A_truncated_file_is_named(string file)
    {
        if (file == "tokenizer.json")
        {
            _copy.Remove("vocab.json", "merges.txt");
        }

        var text = _copy.Read(file);
        foreach (var length in (int[])[0, 1, text.Length / 2, text.Length - 2])
        {
            _copy.Write(file, text[..length]);
            AssertFault(_copy.Load, file);
        }
    }

    [Theory]
    [InlineData("vocab.json", "[1, 2]")]
    [InlineData("vocab.json", "{\"a\": \"b\"}")]
    [InlineData("vocab.json", "{\"a\": 1.5}")]
    [InlineData("tokenizer_config.json", "{\"added_tokens_decoder\": {\"x\": {\"content\": \"<a>\"}}}")]
    [InlineData("tokenizer_config.json", "{\"added_tokens_decoder\": {\"99999999999\": {\"content\": \"<a>\"}}}")]
    [InlineData("tokenizer_config.json", "{\"added_tokens_decoder\": {\"456\": {}}}")]
    [InlineData("tokenizer_config.json", "{\"added_tokens_decoder\": {\"456\": {\"content\": \"\"}}}")]
    [InlineData("tokenizer_config.json", "{\"added_tokens_decoder\": {\"456\": {\"content\": \"<a>\", \"lstrip\": true}}}")]
    [InlineData("tokenizer_config.json", "{\"added_tokens_decoder\": {\"460\": {\"content\": \"<|im_end|>\"}}}")]
    [InlineData("merges.txt", "#version: 0.2\nh e\nt h e\n")]
    [InlineData("merges.txt", "#version: 0.2\nh\n")]
    public void A_file_with_something_else_in_it_is_named(string file, string content)
    {
        _copy.Write(file, content);
        AssertFault(_copy.Load, file is "tokenizer_config.json" && content.Contains("460", StringComparison.Ordinal) ? "added_tokens.json" : file);
    }

    [Fact]
    public void A_merge_of_an_unknown_symbol_is_named()
    {
        _copy.Append("merges.txt", "Ġt qqq\n");
        AssertFault(_copy.Load, "no entry 'qqq', which merge 201 ('Ġt' with 'qqq') needs");
    }

    [Fact]
    public void A_merge_into_an_unknown_symbol_is_named()
    {
        _copy.Append("merges.txt", "z z\n");
        AssertFault(_copy.Load, "no entry 'zz'");
    }

    [Fact]
    public void Merges_that_stop_early_are_noticed_though_every_line_is_whole()
    {
        _copy.Write("merges.txt", string.Join('\n', _copy.Read("merges.txt").Split('\n')[..100]));
        AssertFault(_copy.Load, "101 entries", "99 merges");
    }

    [Theory]
    [InlineData("\u0120the", 456, "two tokens with id 456")]
    [InlineData("!", -1, "id -1")]
    [InlineData("!", int.MaxValue, "id 2147483647")]
    [InlineData("zz", 0, "two tokens with id 0")]
    public void Ids_that_cannot_be_are_named(string entry, int id, string says)
    {
        var entries = JsonSerializer.Deserialize<Dictionary<string, int>>(_copy.Read("vocab.json"))!;
        entries[entry] = id;
        _copy.Write("vocab.json", JsonSerializer.Serialize(entries));
        AssertFault(_copy.Load, says);
    }

    [Fact]
    public void A_vocabulary_of_another_alphabet_is_named()
    {
        var entries = JsonSerializer.Deserialize<Dictionary<string, int>>(_copy.Read("vocab.json"))!;
        entries["你"] = 500;
        _copy.Write("vocab.json", JsonSerializer.Serialize(entries));
        AssertFault(_copy.Load, "'你'", "alphabet");
    }

    [Fact]
    public void A_tokenizer_of_another_kind_is_named()
    {
        _copy.Remove("vocab.json", "merges.txt");
        _copy.Write("tokenizer.json", _copy.Read("tokenizer.json").Replace("\"BPE\"", "\"Unigram\"", StringComparison.Ordinal));
        AssertFault(_copy.Load, "'Unigram'");
    }

    [Fact]
    public void A_tokenizer_without_the_image_token_is_not_OmniGen2s()
    {
        _copy.Remove("added_tokens.json", "tokenizer.json");
        _copy.Write("tokenizer_config.json", _copy.Read("tokenizer_config.json").Replace("<|img|>", "<|pic|>", StringComparison.Ordinal));
        AssertFault(() => new PromptTemplate(_copy.Load()), "no token '<|img|>'", "OmniGen2");
    }

    public void Dispose() => _copy.Dispose();

    private static void AssertFault(Func<object> act, params string[] says)
    {
        var error = Assert.Throws<ModelException>(act);
        Assert.All(says, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.Matches(": (copy|use|take) |; copy ", error.Message);
    }
}
