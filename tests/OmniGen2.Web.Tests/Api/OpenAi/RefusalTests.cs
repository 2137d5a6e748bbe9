using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace OmniGen2.Web.Tests.Api.OpenAi;

/// <summary>What the API refuses, in OpenAI's words.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("{", null, "invalid_json")]
    [InlineData("[1]", null, "invalid_json")]
    [InlineData("", null, "invalid_json")]
    [InlineData("{}", "prompt", "missing_required_parameter")]
    [InlineData("""{"prompt":7}""", "prompt", "invalid_type")]
    [InlineData("""{"prompt":"\ud800"}""", "prompt", "invalid_value")]
    [InlineData("""{"prompt":"x","n":"2"}""", "n", "invalid_type")]
    [InlineData("""{"prompt":"x","n":0}""", "n", "invalid_value")]
    [InlineData("""{"prompt":"x","n":99}""", "n", "invalid_value")]
    [InlineData("""{"prompt":"x","n":1e30}""", "n", "invalid_type")]
    [InlineData("""{"prompt":"x","size":"huge"}""", "size", "invalid_size")]
    [InlineData("""{"prompt":"x","size":"1024x1024"}""", "size", "invalid_size")]
    [InlineData("""{"prompt":"x","size":"65x64"}""", "size", "invalid_size")]
    [InlineData("""{"prompt":"x","size":"999999x999999"}""", "size", "invalid_size")]
    [InlineData("""{"prompt":"x","quality":"best"}""", "quality", "invalid_value")]
    [InlineData("""{"prompt":"x","output_format":"gif"}""", "output_format", "invalid_value")]
    [InlineData("""{"prompt":"x","output_compression":50}""", "output_compression", "invalid_value")]
    [InlineData("""{"prompt":"x","background":"transparent"}""", "background", "unsupported_value")]
    [InlineData("""{"prompt":"x","stream":"yes"}""", "stream", "invalid_type")]
    [InlineData("""{"prompt":"x","stream":true,"partial_images":4}""", "partial_images", "invalid_value")]
    [InlineData("""{"prompt":"x","cfg_range":[0]}""", "cfg_range", "invalid_type")]
    [InlineData("""{"prompt":"x","cfg_range":[0,2]}""", "cfg_range", "invalid_value")]
    [InlineData("""{"prompt":"x","guidance_scale":"much"}""", "guidance_scale", "invalid_type")]
    [InlineData("""{"prompt":"x","seed":-2}""", "seed", "invalid_value")]
    [InlineData("""{"prompt":"x","scheduler":"ddim"}""", "scheduler", "invalid_value")]
    [InlineData("""{"prompt":"x","user":{}}""", "user", "invalid_type")]
    public async Task Request_that_makes_no_sense_is_refused_by_the_parameter(string body, string? parameter, string code)
    {
        await using var studio = new WebStudio(new FakePipeline());
        var answer = await studio.Call("/v1/images/generations", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request_error", parameter, code), (answer.Status, answer.ErrorText("type"), answer.ErrorText("param"), answer.ErrorText("code")));
        Assert.Null(studio.Queue.State.Running);
    }

    [Theory]
    [InlineData("images/generations")]
    [InlineData("chat/completions")]
    [InlineData("responses")]
    public async Task Json_whose_names_are_no_text_is_refused(string route)
    {
        await using var studio = new WebStudio(new FakePipeline());
        foreach (var body in new[] { Encoding.Latin1.GetBytes("{\"\u00fc\":1}"), Encoding.ASCII.GetBytes("{\"\\ud800\":1}") })
        {
            var answer = await studio.Call("/v1/" + route, new ByteArrayContent(body));
            Assert.Equal((HttpStatusCode.BadRequest, "invalid_json"), (answer.Status, answer.ErrorText("code")));
        }
    }

    [Fact]
    public async Task Unknown_model_and_unknown_address_are_not_found()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var model = await studio.Call("/v1/images/generations", new { model = "dall-e-3", prompt = "x" });
        Assert.Equal((HttpStatusCode.NotFound, "model", "model_not_found"), (model.Status, model.ErrorText("param"), model.ErrorText("code")));
        var address = await studio.Call("/v1/audio/speech", new { input = "x" });
        Assert.Equal((HttpStatusCode.NotFound, "unknown_url"), (address.Status, address.ErrorText("code")));
    }

    [Fact]
    public async Task Body_beyond_the_limit_is_refused_whether_or_not_it_says_how_long_it_is()
    {
        await using var studio = new WebStudio(new FakePipeline(), folder: null, ("Api:MaxBodyMegabytes", "1"));
        var body = Encoding.UTF8.GetBytes($$"""{"prompt":"{{new string('x', 2 << 20)}}"}""");
        var announced = await studio.Call("/v1/images/generations", new ByteArrayContent(body));
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/v1/images/generations") { Content = new StreamContent(new MemoryStream(body)) };
        chunked.Headers.TransferEncodingChunked = true;
        var unannounced = await Answer.Of(await studio.CreateClient().SendAsync(chunked));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "request_too_large"), (announced.Status, announced.ErrorText("code")));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "request_too_large"), (unannounced.Status, unannounced.ErrorText("code")));
    }

    [Fact]
    public async Task Checkpoint_that_cannot_be_loaded_is_told_in_its_own_words()
    {
        await using var studio = new WebStudio(_ => throw new ModelException("The folder is empty: name a checkpoint."));
        var answer = await studio.Call("/v1/images/generations", new { prompt = "x" });
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "model_not_loaded", "The folder is empty: name a checkpoint."), (answer.Status, answer.ErrorText("code"), answer.ErrorText("message")));
    }

    [Theory]
    [InlineData("http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.OK)]
    public async Task Programs_are_let_in_with_any_key_and_pages_of_other_sites_are_not(string? origin, HttpStatusCode expected)
    {
        await using var studio = new WebStudio(new FakePipeline());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/images/generations") { Content = JsonContent.Create(new { prompt = "x" }) };
        request.Headers.Add("Authorization", "Bearer sk-anything");
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var response = await studio.CreateClient().SendAsync(request);
        Assert.Equal(expected, response.StatusCode);
    }
}
