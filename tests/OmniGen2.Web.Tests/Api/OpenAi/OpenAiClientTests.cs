using System.Text.Json;
using OmniGen2.Imaging;

namespace OmniGen2.Web.Tests.Api.OpenAi;

/// <summary>OpenAI's own client for Node, unchanged, against the studio and the checkpoint that ships with it.</summary>
[Collection(ClientTests.Name)]
public sealed class OpenAiClientTests(RealStudio studio)
{
    [ClientFact]
    public async Task Model_is_listed()
    {
        var told = await studio.Tell("models");
        Assert.Equal(("omnigen2-mini", "omnigen2-mini"), (Assert.Single(told.GetProperty("listed").EnumerateArray()).GetString(), Text(told, "found")));
    }

    [ClientFact]
    public async Task Words_become_pictures()
    {
        var told = await studio.Tell("generate");
        Assert.Equal(("128x128", "low", "webp"), (Text(told, "size"), Text(told, "quality"), Text(told, "format")));
        var pictures = told.GetProperty("pictures").EnumerateArray().Select(x => x.GetBytesFromBase64()).ToList();
        Assert.Equal(2, pictures.Count);
        Assert.All(pictures, x => Assert.Equal(ImageFormat.WebP, ImageHeader.Read(x).Format));
        Assert.NotEqual(pictures[0], pictures[1]);
    }

    [ClientFact]
    public async Task One_and_two_pictures_are_edited()
    {
        var told = await studio.Tell("edit");
        Assert.Equal((128, 128), (Side(told, "one"), Side(told, "two")));
        Assert.Equal(128, told.GetProperty("imageTokens").GetInt32());
    }

    [ClientFact]
    public async Task Streams_bring_glimpses_and_then_the_picture()
    {
        var told = await studio.Tell("stream");
        var (events, edits) = (told.GetProperty("events").EnumerateArray().ToList(), told.GetProperty("edits").EnumerateArray().ToList());
        Assert.Equal("image_generation.completed", Text(events[^1], "type"));
        Assert.Equal("image_edit.completed", Text(edits[^1], "type"));
        Assert.Contains(events, x => Text(x, "type") == "image_generation.partial_image");
        Assert.All(events.Concat(edits), x => Assert.Equal(128, Side(x, "b64_json")));
        Assert.Equal(events.Count, events.Select(x => Text(x, "b64_json")).Distinct().Count());
    }

    [ClientFact]
    public async Task Question_about_a_picture_is_answered()
    {
        var told = await studio.Tell("chat");
        Assert.False(string.IsNullOrWhiteSpace(Text(told, "text")));
        Assert.Equal("stop", Text(told, "reason"));
        Assert.True(told.GetProperty("usage").GetProperty("prompt_tokens").GetInt32() > 10);
    }

    [ClientFact]
    public async Task Streamed_answer_is_the_same_answer()
    {
        var told = await studio.Tell("chatStream");
        Assert.False(string.IsNullOrWhiteSpace(Text(told, "text")));
        Assert.Equal(Text(told, "text"), Text(told, "helper"));
        Assert.True(told.GetProperty("usage").GetProperty("completion_tokens").GetInt32() > 0);
        Assert.True(told.GetProperty("chunks").GetInt32() >= 4, told.ToString());
    }

    [ClientFact]
    public async Task Picture_that_was_drawn_in_a_conversation_can_be_asked_about()
    {
        var told = await studio.Tell("chatDraws");
        Assert.StartsWith("![picture](data:image/png;base64,", Text(told, "content"), StringComparison.Ordinal);
        Assert.StartsWith(studio.Address, Text(told.GetProperty("images")[0].GetProperty("image_url"), "url"), StringComparison.Ordinal);
        Assert.DoesNotContain("![picture]", Text(told, "seen"), StringComparison.Ordinal);
    }

    [ClientFact]
    public async Task Responses_answer_in_words_and_in_a_picture()
    {
        var told = await studio.Tell("responses");
        Assert.False(string.IsNullOrWhiteSpace(Text(told, "text")));
        Assert.Equal(Text(told, "text"), Text(told, "final"));
        Assert.Equal(("response.created", "response.completed"), (told.GetProperty("types")[0].GetString(), told.GetProperty("types").EnumerateArray().Last().GetString()));
        Assert.Equal(128, Side(told, "picture"));
    }

    [ClientFact]
    public async Task Refusals_are_the_errors_that_the_client_knows()
    {
        var told = await studio.Tell("errors");
        Refused("model", "NotFoundError", 404, "model_not_found", "model");
        Refused("size", "BadRequestError", 400, "invalid_size", "size");
        Refused("picture", "BadRequestError", 400, "invalid_image", "image");
        Refused("remote", "BadRequestError", 400, "invalid_image_url", "messages");
        Refused("chat", "BadRequestError", 400, "invalid_value", "messages");
        Refused("url", "NotFoundError", 404, "unknown_url", null);

        void Refused(string attempt, string kind, int status, string code, string? parameter)
        {
            var fault = told.GetProperty(attempt);
            Assert.Equal((kind, status, code, parameter), (Text(fault, "kind"), fault.GetProperty("status").GetInt32(), Text(fault, "code"), Text(fault, "param")));
            Assert.Equal("invalid_request_error", Text(fault, "type"));
        }
    }

    [ClientFact]
    public async Task Client_that_breaks_off_leaves_no_job_behind()
    {
        Assert.Equal("image_generation.partial_image", Text(await studio.Tell("abort"), "type"));
        await studio.Queue.Watch().FirstAsync(x => x.Running is null && x.Waiting.Count == 0);
        var kept = await studio.Images.Latest(100, default);
        Assert.DoesNotContain(kept, x => GenerationMetadata.Parse(x.Metadata).Request.Steps == 100);
    }

    private static int Side(JsonElement element, string name) => ImageHeader.Read(element.GetProperty(name).GetBytesFromBase64()).Width;

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
