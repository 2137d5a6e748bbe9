using System.Text;
using OmniGen2.Tokenization;

namespace OmniGen2.Evaluation.Parity;

/// <summary>Texts to pieces and ids and back, for every vocabulary of the set.</summary>
internal sealed class TokenizerCases(ParitySource source) : RecordedCases(source, "tokenizer")
{
    private const string Texts = "-cases.json";
    private const string Ids = "-decode.json";
    private const string Stops = "-stop-criteria.json";
    private const string Pieces = "pretokenize-cases.json";

    private readonly RecordedTokenizers _tokenizers = new(source.Set);

    public override IEnumerable<ParityCase> List()
    {
        foreach (var file in Folder.WithEnding(".json"))
        {
            Folder.Claim(file);
            Folder.ClaimBelow(file.Split('-')[0]);
            yield return Case(Stem(file), checks => Compare(file, Folder.Json(file), checks));
        }
    }

    private void Compare(string file, RecordedJson json, CaseChecks checks)
    {
        if (file == Pieces)
        {
            ComparePieces(json, checks);
        }
        else if (file.EndsWith(Texts, StringComparison.Ordinal))
        {
            CompareTexts(_tokenizers[file[..^Texts.Length]], json, checks);
        }
        else if (file.EndsWith(Ids, StringComparison.Ordinal))
        {
            CompareDecoding(_tokenizers[file[..^Ids.Length]], json, checks);
        }
        else if (file.EndsWith(Stops, StringComparison.Ordinal))
        {
            CompareStops(_tokenizers[file[..^Stops.Length]], json, checks);
        }
        else
        {
            checks.Fail(file, $"this build knows {Pieces}, *{Texts}, *{Ids} and *{Stops}, and not this file");
        }
    }

    /// <summary>Also for the tiny model's own list of ends.</summary>
    public static void CompareStops(BytePairTokenizer tokenizer, RecordedJson json, CaseChecks checks)
    {
        checks.Same("stop_strings", json["stop_strings"].Texts, StopStrings.OfChat);
        var stops = new StopStrings(tokenizer, json["stop_strings"].Texts);
        foreach (var item in json["cases"].Items)
        {
            checks.Same($"{item["name"].Text}: text", item["text"].Text, tokenizer.Decode(item["ids"].Ints));
            checks.Same($"{item["name"].Text}: stops", item["stops"].Bool, stops.EndAfter(item["ids"].Ints));
        }
    }

    private static void CompareTexts(BytePairTokenizer tokenizer, RecordedJson json, CaseChecks checks)
    {
        checks.Same("vocab_size", json["vocab_size"].Int, tokenizer.VocabularySize);
        foreach (var item in json["cases"].Items)
        {
            checks.Same($"{item["name"].Text}: ids", item["ids"].Ints, tokenizer.EncodeTrusted(item["text"].Text));
        }

        CompareDecoding(tokenizer, json, checks);
    }

    private static void CompareDecoding(BytePairTokenizer tokenizer, RecordedJson json, CaseChecks checks)
    {
        foreach (var item in json["cases"].Items)
        {
            var (name, ids) = (item["name"].Text, item["ids"].Ints);
            checks.Same($"{name}: decoded", item["decoded"].Text, tokenizer.Decode(ids));
            checks.Same($"{name}: decoded as a stream", item["decoded"].Text, Streamed(tokenizer, ids));
            if (item.Find("decoded_skip_special") is { } skipped)
            {
                checks.Same($"{name}: decoded_skip_special", skipped.Text, tokenizer.Decode(ids, skipSpecial: true));
            }
        }
    }

    private static string Streamed(BytePairTokenizer tokenizer, int[] ids)
    {
        var stream = new TextStream(tokenizer);
        var text = new StringBuilder();
        foreach (var id in ids)
        {
            text.Append(stream.Push(id));
        }

        return text.Append(stream.Finish()).ToString();
    }

    private static void ComparePieces(RecordedJson json, CaseChecks checks)
    {
        foreach (var item in json["cases"].Items)
        {
            var (name, text) = (item["name"].Text, item["text"].Text);
            var composed = Composition.Compose(text);
            checks.Same($"{name}: nfc", item.Find("nfc")?.Text ?? text, composed);
            checks.Same($"{name}: pieces", item["pieces"].Texts, Cut(composed));
        }
    }

    private static List<string> Cut(string text)
    {
        var pieces = new List<string>();
        for (var start = 0; start < text.Length; start += pieces[^1].Length)
        {
            pieces.Add(text.Substring(start, QwenPieces.FirstLength(text.AsSpan(start))));
        }

        return pieces;
    }
}
