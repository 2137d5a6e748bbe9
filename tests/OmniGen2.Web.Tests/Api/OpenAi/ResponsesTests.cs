using System.Net;
using System.Text.Json;
using OmniGen2.Imaging;

namespace OmniGen2.Web.Tests.Api.OpenAi;

public sealed class ResponsesTests
{
    private const string Path = "/v1/responses";

    [Fact]
    public async Task Words_are_answered_in_a_message()
    {
        var pipeline = new FakePipeline();
        await using var studio = new WebStudio(pipeline);
        var answer = await studio.Call(Path, new { model = "fake", instructions = "be short", input = "hello" });
        Assert.Equal((HttpStatusCode.OK, "response", "completed"), (answer.Status, Text(answer.Json, "object"), Text(answer.Json, "status")));
        var item = Assert.Single(answer.Json.GetProperty("output").EnumerateArray());
        Assert.Equal(("message", "assistant", "output_text"), (Text(item, "type"), Text(item, "role"), Text(item.GetProperty("content")[0], "type")));
        Assert.Equal(8, Text(item.GetProperty("content")[0], "text")!.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(9, answer.Json.GetProperty("usage").GetProperty("total_tokens").GetInt32());
        Assert.StartsWith("be short\n\nhello:", pipeline.Log.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Picture_is_an_item_of_its_own_and_may_come_back_as_input()
    {
        var pipeline = new FakePipeline();
        await using var studio = new WebStudio(pipeline);
        var tools = new[] { new { type = "image_generation", size = "64x96", output_format = "png" } };
        var drawn = (await studio.Call(Path, new { tools, input = "draw a star" })).Json.GetProperty("output")[0];
        Assert.Equal(("image_generation_call", "completed"), (Text(drawn, "type"), Text(drawn, "status")));
        Assert.Equal((64, 96), (ImageHeader.Read(drawn.GetProperty("result").GetBytesFromBase64()).Width, ImageHeader.Read(drawn.GetProperty("result").GetBytesFromBase64()).Height));
        object[] input = [new { role = "user", content = "draw a star" }, drawn, new { role = "user", content = new[] { new { type = "input_text", text = "draw it bigger" } } }];
        Assert.Equal(HttpStatusCode.OK, (await studio.Call(Path, new { input })).Status);
        Assert.Equal((64, 96), (Assert.Single(pipeline.Requests.Last().Images).Width, pipeline.Requests.Last().Images[0].Height));
    }

    [Fact]
    public async Task Stream_of_words_has_every_event_in_its_order()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var events = (await studio.Call(Path, new { stream = true, input = "hello" })).Events();
        Assert.Equal(
            ["response.created", "response.in_progress", "response.output_item.added", "response.content_part.added", "response.output_text.delta", "response.output_text.done", "response.content_part.done", "response.output_item.done", "response.completed"],
            events.Select(x => x.Name).Distinct());
        Assert.Equal(Enumerable.Range(0, events.Count), events.Select(x => x.Data.GetProperty("sequence_number").GetInt32()));
        var words = string.Concat(events.Where(x => x.Name == "response.output_text.delta").Select(x => Text(x.Data, "delta")));
        Assert.Equal(words, Text(events[^1].Data.GetProperty("response").GetProperty("output")[0].GetProperty("content")[0], "text"));
    }

    [Fact]
    public async Task Stream_of_a_picture_brings_glimpses_before_it()
    {
        await using var studio = new WebStudio(FakePipeline.Held());
        var tools = new[] { new { type = "image_generation", partial_images = 1 } };
        var events = (await studio.CallStepwise(Path, new { stream = true, tools, input = "draw a star" })).Events();
        Assert.Equal(
            ["response.output_item.added", "response.image_generation_call.in_progress", "response.image_generation_call.generating", "response.image_generation_call.partial_image", "response.image_generation_call.completed", "response.output_item.done", "response.completed"],
            events.Skip(2).Select(x => x.Name));
        Assert.Equal(128, ImageHeader.Read(events[5].Data.GetProperty("partial_image_b64").GetBytesFromBase64()).Width);
    }

    [Theory]
    [InlineData("""{"input":"x","previous_response_id":"resp_1"}""", "previous_response_id")]
    [InlineData("""{"input":"x","tools":[{"type":"web_search"}]}""", "tools")]
    [InlineData("""{"input":7}""", "input")]
    [InlineData("{}", "input")]
    [InlineData("""{"input":[]}""", "input")]
    public async Task What_is_not_offered_is_refused_by_name(string body, string parameter)
    {
        await using var studio = new WebStudio(new FakePipeline());
        var answer = await studio.Call(Path, new StringContent(body));
        Assert.Equal((HttpStatusCode.BadRequest, parameter), (answer.Status, answer.ErrorText("param")));
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
