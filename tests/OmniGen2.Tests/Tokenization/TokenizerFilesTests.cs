using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using OmniGen2.Tokenization;

namespace OmniGen2.Tests.Tokenization;

/// <summary>The layouts a tokenizer may come in.</summary>
public sealed class TokenizerFilesTests : IDisposable
{
    private const string Sentence = "The lake é 😀<|im_end|>\n<|img|>";

    private readonly TokenizerCopy _copy = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_single_file_is_read_with_merges_in_either_form(bool joined)
    {
        var root = JsonNode.Parse(_copy.Read("tokenizer.json"))!;
        if (joined)
        {
            root["model"]!["merges"] = new JsonArray([.. root["model"]!["merges"]!.AsArray().Select(pair => JsonValue.Create($"{pair![0]} {pair[1]}"))]);
        }

        _copy.Write("tokenizer.json", root.ToJsonString());
        _copy.Remove("vocab.json", "merges.txt", "tokenizer_config.json", "added_tokens.json");
        AssertLoadsTheSame();
    }

    [Fact]
    public void Compressed_files_are_read()
    {
        foreach (var name in (string[])["vocab.json", "merges.txt"])
        {
            using var target = new MemoryStream();
            using (var gzip = new GZipStream(target, CompressionMode.Compress))
            {
                gzip.Write(Encoding.UTF8.GetBytes(_copy.Read(name)));
            }

            _copy.Write(name + ".gz", target.ToArray());
        }

        _copy.Remove("vocab.json", "merges.txt", "tokenizer.json");
        AssertLoadsTheSame();
    }

    [Fact]
    public void Added_tokens_are_found_without_the_tokenizer_config()
    {
        _copy.Remove("tokenizer_config.json", "tokenizer.json");
        AssertLoadsTheSame();
        Assert.True(_copy.Load().IsSpecial(458));
        Assert.False(_copy.Load().IsSpecial(470));
        Assert.Equal(456, _copy.Load().PadId);
    }

    [Fact]
    public void The_embedded_checkpoint_has_a_tokenizer_that_fits_the_template()
    {
        var tokenizer = BytePairTokenizer.Load(Path.Combine(GoldenFile.RepositoryRoot, "models/omnigen2-mini/processor"));
        var ids = new PromptTemplate(tokenizer).Encode(PromptTemplate.ForChat("a red circle left of a blue square", 1));
        Assert.Contains("user\n<img1>: <|vision_start|>", tokenizer.Decode(ids), StringComparison.Ordinal);
        Assert.Equal(tokenizer.VocabularySize - 1, tokenizer.IdOf("<|endofmeta|>"));
    }

    public void Dispose() => _copy.Dispose();

    private void AssertLoadsTheSame()
    {
        var tokenizer = _copy.Load();
        Assert.Equal(TokenizerCases.Tiny.EncodeTrusted(Sentence), tokenizer.EncodeTrusted(Sentence));
        Assert.Equal(482, tokenizer.VocabularySize);
        Assert.Equal(Sentence, tokenizer.Decode(tokenizer.EncodeTrusted(Sentence)));
    }
}
