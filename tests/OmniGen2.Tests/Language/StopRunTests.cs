using System.Text.Json;
using OmniGen2.Models.Language;
using OmniGen2.Tokenization;

namespace OmniGen2.Tests.Language;

public sealed class StopRunTests : IDisposable
{
    private static readonly PromptTemplate Template = new(BytePairTokenizer.Load(GoldenFile.Path("tiny-omnigen2/processor")));

    private readonly QwenModel _tiny = new();

    public static TheoryData<string> Prompts => [.. Runs.Select(r => r.GetProperty("prompt").GetString()!)];

    private static IEnumerable<JsonElement> Runs => QwenCases.Index.GetProperty("stops").EnumerateArray();

    [Theory]
    [MemberData(nameof(Prompts))]
    public void A_chat_answer_ends_where_the_originals_did(string prompt)
    {
        var run = Runs.Single(r => r.GetProperty("prompt").GetString() == prompt);
        var images = QwenCases.Images(run.GetProperty("images"));
        var ids = Template.Encode(PromptTemplate.ForChat(prompt, images.Count, trusted: true), [.. images.Select(i => i.Patches / QwenCases.Config.Vision.PatchesPerToken)]);
        using var state = _tiny.Model.Prefill(new QwenPrompt(ids, images));
        var stop = new StopStrings(Template.Tokenizer, StopStrings.OfChat);

        var answer = _tiny.Model.Generate(state, QwenCases.Options with { Stop = stop.EndAfter }).ToList();

        Assert.Equal(run.GetProperty("ids").EnumerateArray().Select(i => i.GetInt32()), answer);
        Assert.Equal(run.GetProperty("text").GetString(), Template.Tokenizer.Decode(answer));
        Assert.Equal(run.GetProperty("starts_with_img").GetBoolean(), answer[0] == Template.ImageRequestId);
    }

    public void Dispose() => _tiny.Dispose();
}
