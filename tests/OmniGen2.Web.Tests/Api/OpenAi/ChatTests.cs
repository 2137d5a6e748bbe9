using System.Net;
using System.Text.Json;
using OmniGen2.Imaging;
using OmniGen2.Web.Jobs;
using static OmniGen2.Web.Tests.Api.OpenAi.Calling;

namespace OmniGen2.Web.Tests.Api.OpenAi;

public sealed class ChatTests
{
    private const string Path = "/v1/chat/completions";
    private const string Whole = "6 7 8 9 10 11 12 13 ";

    [Fact]
    public async Task Question_is_answered_with_what_it_took()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var answer = await studio.Call(Path, new { model = "fake", seed = 0, messages = new[] { new { role = "user", content = "hello" } } });
        Assert.Equal((HttpStatusCode.OK, "chat.completion"), (answer.Status, answer.Json.GetProperty("object").GetString()));
        var choice = Assert.Single(answer.Json.GetProperty("choices").EnumerateArray());
        Assert.Equal(("assistant", Whole, "stop"), (Said(choice, "role"), Said(choice, "content"), choice.GetProperty("finish_reason").GetString()));
        var usage = answer.Json.GetProperty("usage");
        Assert.Equal((1, 8, 9), (usage.GetProperty("prompt_tokens").GetInt32(), usage.GetProperty("completion_tokens").GetInt32(), usage.GetProperty("total_tokens").GetInt32()));
    }

    [Fact]
    public async Task Stream_brings_the_words_as_they_come()
    {
        await using var studio = new WebStudio(FakePipeline.Held());
        var body = new { seed = 0, stream = true, stream_options = new { include_usage = true }, messages = new[] { new { role = "user", content = "hello" } } };
        var answer = await studio.CallStepwise(Path, body);
        var chunks = answer.Events().Select(x => x.Data).ToList();
        var deltas = chunks.Where(x => x.GetProperty("choices").GetArrayLength() > 0).Select(x => x.GetProperty("choices")[0]).ToList();
        Assert.Equal(Whole, string.Concat(deltas.Select(x => x.GetProperty("delta").TryGetProperty("content", out var words) ? words.GetString() : "")));
        Assert.Equal("assistant", deltas[0].GetProperty("delta").GetProperty("role").GetString());
        Assert.Equal("stop", deltas[^1].GetProperty("finish_reason").GetString());
        Assert.All(deltas.SkipLast(1), x => Assert.Equal(JsonValueKind.Null, x.GetProperty("finish_reason").ValueKind));
        Assert.Equal(9, chunks[^1].GetProperty("usage").GetProperty("total_tokens").GetInt32());
        Assert.EndsWith("data: [DONE]\n\n", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wish_for_a_picture_is_answered_with_one(bool stream)
    {
        await using var studio = new WebStudio(new FakePipeline());
        var answer = await studio.Call(Path, new { stream, size = "64x64", messages = new[] { new { role = "user", content = "draw a star" } } });
        var said = stream
            ? answer.Events().Select(x => x.Data.GetProperty("choices")[0].GetProperty("delta")).Single(x => x.TryGetProperty("images", out _))
            : answer.Json.GetProperty("choices")[0].GetProperty("message");
        var inline = said.GetProperty("content").GetString()!;
        Assert.StartsWith("![picture](data:image/png;base64,", inline, StringComparison.Ordinal);
        var file = Convert.FromBase64String(inline[(inline.IndexOf(',', StringComparison.Ordinal) + 1)..^1]);
        Assert.Equal(64, ImageHeader.Read(file).Width);
        var url = said.GetProperty("images")[0].GetProperty("image_url").GetProperty("url").GetString();
        Assert.Equal(file, await studio.CreateClient().GetByteArrayAsync(url));
    }

    [Fact]
    public async Task Pictures_of_the_conversation_are_numbered_through_with_those_that_were_answered()
    {
        var pipeline = new FakePipeline();
        await using var studio = new WebStudio(pipeline);
        object[] messages =
        [
            new { role = "system", content = "draw everything small." },
            new { role = "user", content = new object[] { new { type = "text", text = "look" }, new { type = "image_url", image_url = new { url = DataUrl(Picture(10)) } } } },
            new { role = "assistant", content = $"![picture]({DataUrl(Picture(20))})" },
            new { role = "user", content = new object[] { new { type = "text", text = "draw the second image" }, new { type = "image_url", image_url = new { url = DataUrl(Picture(30)) } } } },
        ];
        var answer = await studio.Call(Path, new { messages });
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var asked = pipeline.Requests.Last();
        Assert.Equal([20], asked.Images.Select(x => (int)x.Pixels[0]));
        Assert.Equal(["draw everything small.\n\nlook", Conversation.PictureGiven, "draw the second image"], asked.Turns.Select(x => x.Text));
        Assert.Equal([10, 20, 30], asked.Turns.SelectMany(x => x.Images).Select(x => (int)x.Pixels[0]));
    }

    [Fact]
    public async Task Client_that_hangs_up_stops_the_answer()
    {
        await using var studio = new WebStudio(FakePipeline.Held());
        using var hangUp = new CancellationTokenSource();
        var body = new StringContent("""{"messages":[{"role":"user","content":"hello"}]}""");
        var first = studio.CreateClient().PostAsync(Path, body, hangUp.Token);
        var second = studio.CreateClient().PostAsync(Path, new StringContent("""{"messages":[{"role":"user","content":"hello"}]}"""), hangUp.Token);
        var queue = await studio.Queue.Watch().FirstAsync(x => x.Running is not null && x.Waiting.Count == 1);
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(new JobUpdate.Stopped(), await queue.Waiting[0].Completion());
    }

    [Theory]
    [InlineData("""{"messages":[]}""", "messages", "invalid_value")]
    [InlineData("""{"messages":"hi"}""", "messages", "invalid_type")]
    [InlineData("""{"messages":[{"content":"hi"}]}""", "messages", "missing_required_parameter")]
    [InlineData("""{"messages":[{"role":"robot","content":"hi"}]}""", "role", "invalid_value")]
    [InlineData("""{"messages":[{"role":"user","content":7}]}""", "content", "invalid_type")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"input_audio"}]}]}""", "type", "invalid_value")]
    [InlineData("""{"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"ho"}]}""", "messages", "invalid_value")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"http://10.0.0.1/x.png"}}]}]}""", "messages", "invalid_image_url")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}]}""", "messages", "invalid_image")]
    [InlineData("""{"n":2,"messages":[{"role":"user","content":"hi"}]}""", "n", "invalid_value")]
    [InlineData("""{"max_tokens":0,"messages":[{"role":"user","content":"hi"}]}""", "max_tokens", "invalid_value")]
    [InlineData("""{"temperature":9,"messages":[{"role":"user","content":"hi"}]}""", "temperature", "invalid_value")]
    [InlineData("""{"tools":[{"type":"function"}],"messages":[{"role":"user","content":"hi"}]}""", "tools", "unsupported_parameter")]
    [InlineData("""{"response_format":{"type":"json_object"},"messages":[{"role":"user","content":"hi"}]}""", "response_format", "unsupported_value")]
    public async Task Conversation_that_makes_no_sense_is_refused(string body, string parameter, string code)
    {
        await using var studio = new WebStudio(new FakePipeline());
        var answer = await studio.Call(Path, new StringContent(body));
        Assert.Equal((HttpStatusCode.BadRequest, parameter, code), (answer.Status, answer.ErrorText("param"), answer.ErrorText("code")));
    }

    private static string? Said(JsonElement choice, string name) => choice.GetProperty("message").GetProperty(name).GetString();
}
