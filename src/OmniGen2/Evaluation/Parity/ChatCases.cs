using OmniGen2.Models.Language;
using OmniGen2.Tokenization;

namespace OmniGen2.Evaluation.Parity;

/// <summary>The prompts of both pipelines as texts and as ids, and how a batch of them is cut and padded. There all text is trusted.</summary>
internal sealed class ChatCases(ParitySource source) : RecordedCases(source, "chat")
{
    private const string Unexpanded = "_unexpanded";
    private const string Ids = "ids";

    private readonly ParitySource _source = source;
    private readonly RecordedTokenizers _tokenizers = new(source.Set);

    private PromptTemplate Template => new(_tokenizers[RecordedTokenizers.Tiny]);

    public override IEnumerable<ParityCase> List()
    {
        var prompts = Folder.Json("prompts.json");
        var items = prompts["cases"].Items;
        yield return Case("prompts-settings", checks => CompareSettings(prompts, checks));
        yield return Case("prompts-text", checks => ForEach(items, checks, (item, name) => checks.Same(name, item["text"].Text, Prompt(item).Text)));
        foreach (var key in items.SelectMany(i => i.Entries.Select(e => e.Key)).Where(k => k.StartsWith(Ids, StringComparison.Ordinal)).Select(Plain).Distinct())
        {
            yield return Case($"prompts-{key}", checks => CompareIds(items, key, checks));
        }

        foreach (var (key, compare) in (IEnumerable<(string, Action<IReadOnlyList<RecordedJson>, CaseChecks>)>)[("input_ids", CompareExpanded), ("error", CompareRefused)])
        {
            RecordedJson[] having = [.. items.Where(i => i.Find(key) is not null)];
            if (having.Length > 0)
            {
                yield return Case($"prompts-{key}", checks => compare(having, checks));
            }
        }

        var cuts = Folder.Json("truncation.json");
        yield return Case("truncation", checks => CompareCuts(cuts["cases"].Items, checks));
    }

    private static string Plain(string key) => key.EndsWith(Unexpanded, StringComparison.Ordinal) ? key[..^Unexpanded.Length] : key;

    private static PromptText Prompt(RecordedJson item) => item["pipeline"].Text switch
    {
        "image" => PromptTemplate.ForImage(item["prompt"].Text, trusted: true),
        "chat" => PromptTemplate.ForChat(item["prompt"].Text, item["images"].IsNumber ? item["images"].Int : 0, trusted: true),
        var pipeline => throw new ModelException($"The pipeline '{pipeline}' is unknown to this build."),
    };

    private static void ForEach(IEnumerable<RecordedJson> items, CaseChecks checks, Action<RecordedJson, string> compare)
    {
        foreach (var item in items)
        {
            var name = $"{item["pipeline"].Text} {item["name"].Text}, {item.Find("images")?.Raw ?? "no"} images";
            try
            {
                compare(item, name);
            }
            catch (ModelException e) when (e is not AbsentFolderException)
            {
                checks.Fail(name, e.Message);
            }
        }
    }

    private void CompareSettings(RecordedJson prompts, CaseChecks checks)
    {
        checks.Same("system_prompt", prompts["system_prompt"].Text, PromptTemplate.SystemPrompt);
        checks.Same("pad_token_id", prompts["pad_token_id"].Int, _tokenizers[RecordedTokenizers.Tiny].PadId);
        checks.Same("padding_side", prompts["padding_side"].Text, "right");
    }

    /// <summary>"ids" is the tiny tokenizer's, "ids_qwen25" that of tokenizer/qwen25.</summary>
    private void CompareIds(IReadOnlyList<RecordedJson> items, string key, CaseChecks checks)
    {
        var template = new PromptTemplate(_tokenizers[key == Ids ? RecordedTokenizers.Tiny : key[(Ids.Length + 1)..]]);
        ForEach(items, checks, (item, name) => checks.Same(name, (item.Find(key) ?? item[key + Unexpanded]).Ints, template.Encode(Prompt(item))));
    }

    private void CompareExpanded(IReadOnlyList<RecordedJson> items, CaseChecks checks)
    {
        var perToken = QwenConfig.Load(Path.Combine(_source.Set.Folder("tiny-omnigen2").ClaimBelow("mllm"), "config.json")).Vision.PatchesPerToken;
        ForEach(items, checks, (item, name) =>
        {
            var tokens = item.Find("image_grid_thw")?.Items.Select(grid => grid.Ints.Aggregate((a, b) => a * b) / perToken) ?? [];
            checks.Same(name, item["input_ids"].Ints, Template.Encode(Prompt(item), [.. tokens]));
        });
    }

    /// <summary>Where the original stumbled over more places than pictures, a sentence says so here.</summary>
    private void CompareRefused(IReadOnlyList<RecordedJson> items, CaseChecks checks)
    {
        foreach (var item in items)
        {
            var pictures = item["image_sizes_hw"].Items.Count;
            var sentence = "";
            try
            {
                Template.Encode(Prompt(item), [.. Enumerable.Repeat(1, pictures)]);
            }
            catch (ModelException e) when (e is not AbsentFolderException)
            {
                sentence = e.Message;
            }

            var isRefused = sentence.Contains($"comes with {pictures}", StringComparison.Ordinal);
            checks.Same($"{item["name"].Text}: refused", recorded: true, computed: isRefused);
        }
    }

    private void CompareCuts(IReadOnlyList<RecordedJson> items, CaseChecks checks)
    {
        var tokenizer = _tokenizers[RecordedTokenizers.Tiny];
        foreach (var item in items)
        {
            var limit = item["max_length"];
            int[][] rows = [.. item["texts"].Texts.Select(tokenizer.EncodeTrusted)];
            var batch = TokenBatch.Pad(rows, tokenizer.PadId, limit.IsNull ? null : limit.Int);
            checks.Same($"max_length {limit.Raw}: input_ids", Flat(item["input_ids"]), batch.Ids);
            checks.Same($"max_length {limit.Raw}: attention_mask", Flat(item["attention_mask"]), batch.Mask);
        }
    }

    private static IEnumerable<long> Flat(RecordedJson rows) => rows.Items.SelectMany(row => row.Ints).Select(id => (long)id);
}
