using OmniGen2.Models.Language;
using OmniGen2.Tokenization;

namespace OmniGen2.Evaluation.Parity;

/// <summary>The tiny language and vision model: prompts, intermediate results, answers, padded batches, ends, and bf16.</summary>
internal sealed class QwenTinyCases(ParitySource source) : RecordedCases(source, "qwen-tiny")
{
    private const string Index = "cases.json";
    private const string Stops = "stop-criteria.json";

    private readonly ParitySource _source = source;

    public override IEnumerable<ParityCase> List()
    {
        var index = Folder.Json(Index);
        var parts = new QwenParts(_source, Folder, index);
        Own(parts.Single);
        Own(parts.Half);
        foreach (var picture in index["images"].Entries)
        {
            Folder.Claim(picture.Value.Text);
        }

        foreach (var (_, entry) in index["cases"].Entries)
        {
            yield return FileCase(entry["file"].Text, (file, checks) => new QwenCase(parts, entry, file, checks).Compare());
        }

        foreach (var (_, entry) in index["batches"].Entries)
        {
            yield return FileCase(entry["file"].Text, (file, checks) => new QwenBatch(parts, entry, file, checks).Compare());
        }

        if (index.Find("bf16") is { } half)
        {
            var entry = index["cases"][half["case"].Text];
            yield return FileCase(half["file"].Text, (file, checks) => QwenCase.CompareHalf(parts, entry, Folder.Open(entry["file"].Text), file, checks));
        }

        foreach (var (i, run) in index["stops"].Items.Index())
        {
            yield return Case($"stop-{i:00}-{run["kind"].Text.Replace(' ', '-')}", checks => CompareStop(parts, run, checks));
        }

        if (Folder.Has(Stops))
        {
            Folder.Claim(Stops);
            yield return Case(Stem(Stops), checks => TokenizerCases.CompareStops(parts.Template.Tokenizer, Folder.Json(Stops), checks));
        }
    }

    private static void CompareStop(QwenParts parts, RecordedJson run, CaseChecks checks)
    {
        var (recorded, images, tokenizer) = (run["ids"].Ints, parts.Images(run["images"]), parts.Template.Tokenizer);
        var prompt = parts.Template.Encode(PromptTemplate.ForChat(run["prompt"].Text, images.Count, trusted: true), parts.Tokens(images));
        var stops = new StopStrings(tokenizer, StopStrings.OfChat);

        // One more than the original wrote, so that an answer that goes on is seen.
        var limit = run["kind"].Text.Contains("max length", StringComparison.Ordinal) ? recorded.Length : recorded.Length + 1;
        using var state = parts.Single.Model.Prefill(new QwenPrompt(prompt, images));
        int[] ids = [.. parts.Single.Model.Generate(state, parts.Options with { MaxNewTokens = limit, Stop = stops.EndAfter })];

        var answer = new TextStream(tokenizer, removed: "<|im_end|>");
        checks.Same("ids", recorded, ids);
        checks.Same("text", run["text"].Text, tokenizer.Decode(ids));
        checks.Same("answer", run["answer"].Text, string.Concat(ids.Select(answer.Push)) + answer.Finish());
        checks.Same("starts_with_img", run["starts_with_img"].Bool, ids is [var first, ..] && first == parts.Template.ImageRequestId);
    }
}
