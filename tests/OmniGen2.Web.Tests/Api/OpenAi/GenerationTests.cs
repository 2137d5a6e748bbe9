using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OmniGen2.Imaging;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Tests.Api.OpenAi;

public sealed class GenerationTests
{
    private const string Path = "/v1/images/generations";

    private static readonly double[] Guided = [0.1, 0.6];

    [Fact]
    public async Task Model_is_listed_and_found_by_its_name()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var list = (await studio.Ask("/v1/models")).Json;
        Assert.Equal("list", list.GetProperty("object").GetString());
        Assert.Equal("fake", Assert.Single(list.GetProperty("data").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal("model", (await studio.Ask("/v1/models/fake")).Json.GetProperty("object").GetString());
        var unknown = await studio.Ask("/v1/models/gpt-image-1");
        Assert.Equal((HttpStatusCode.NotFound, "model_not_found"), (unknown.Status, unknown.ErrorText("code")));
    }

    [Fact]
    public async Task Words_become_a_picture_of_the_history()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var answer = await studio.Call(Path, new { model = "fake", prompt = "a red star", size = "64x96", seed = 5, negative_prompt = "blue" });
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(("64x96", "png", "opaque", "medium"), (Text(answer, "size"), Text(answer, "output_format"), Text(answer, "background"), Text(answer, "quality")));
        var file = Assert.Single(answer.Json.GetProperty("data").EnumerateArray()).GetProperty("b64_json").GetBytesFromBase64();
        var metadata = GenerationMetadata.FromPng(file)!;
        Assert.Equal(("a red star", "blue", 5), (metadata.Request.Prompt, metadata.Request.NegativePrompt, metadata.Request.Seed));
        var kept = Assert.Single(await studio.Images.Latest(9, default));
        Assert.Equal((PictureKind.Created, 64, 96), (kept.Kind, kept.Width, kept.Height));
        var usage = answer.Json.GetProperty("usage");
        Assert.Equal((3, 24, 27), (usage.GetProperty("input_tokens").GetInt32(), usage.GetProperty("output_tokens").GetInt32(), usage.GetProperty("total_tokens").GetInt32()));
    }

    [Fact]
    public async Task Every_field_reaches_the_model()
    {
        var pipeline = new FakePipeline();
        await using var studio = new WebStudio(pipeline);
        await studio.Call(Path, new { prompt = "x", n = 2, seed = 7, num_inference_steps = 3, guidance_scale = 2.5, guidance_scale_2 = 1.5, cfg_range = Guided, scheduler = "dpmsolver++", user = "li" });
        var asked = pipeline.Requests.Where(x => x.Seed == 8).ToList();
        Assert.All(asked, x => Assert.Equal((3, 2.5, 1.5, 0.1, 0.6, SchedulerKind.DpmSolver), (x.Steps, x.TextGuidance, x.ImageGuidance, x.CfgStart, x.CfgEnd, x.Scheduler)));
        Assert.NotEmpty(asked);
        Assert.Contains(pipeline.Requests, x => x.Seed == 7);
    }

    [Theory]
    [InlineData("low", "low", 4)]
    [InlineData("auto", "medium", 8)]
    [InlineData("hd", "high", 12)]
    [InlineData("Draft", "low", 4)]
    public async Task Quality_is_one_of_the_presets(string quality, string told, int steps)
    {
        var pipeline = new FakePipeline();
        await using var studio = new WebStudio(pipeline);
        var answer = await studio.Call(Path, new { prompt = "x", quality });
        Assert.Equal((told, steps), (Text(answer, "quality"), pipeline.Requests.First().Steps));
    }

    [Theory]
    [InlineData("jpeg", ImageFormat.Jpeg)]
    [InlineData("webp", ImageFormat.WebP)]
    public async Task Format_and_compression_are_as_asked(string format, ImageFormat expected)
    {
        await using var studio = new WebStudio(new FakePipeline());
        var small = await Bytes(studio, new { prompt = "x", seed = 1, output_format = format, output_compression = 5 });
        var large = await Bytes(studio, new { prompt = "x", seed = 1, output_format = format, output_compression = 100 });
        Assert.Equal((expected, expected), (ImageHeader.Read(small).Format, ImageHeader.Read(large).Format));
        Assert.True(small.Length < large.Length, $"{small.Length} bytes at 5, {large.Length} at 100");
        Assert.Contains("trainedAlgorithmicMedia", Encoding.UTF8.GetString(small), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("png", ImageFormat.Png)]
    [InlineData("webp", ImageFormat.WebP)]
    public async Task Address_in_place_of_the_file_leads_to_it(string format, ImageFormat expected)
    {
        await using var studio = new WebStudio(new FakePipeline());
        var answer = await studio.Call(Path, new { prompt = "x", response_format = "url", output_format = format });
        var url = answer.Json.GetProperty("data")[0].GetProperty("url").GetString()!;
        Assert.Equal(expected, ImageHeader.Read(await studio.CreateClient().GetByteArrayAsync(url)).Format);
    }

    [Fact]
    public async Task Stream_brings_glimpses_between_the_steps_and_then_the_picture()
    {
        await using var studio = new WebStudio(FakePipeline.Held());
        var events = (await studio.CallStepwise(Path, new { prompt = "x", stream = true, partial_images = 2, output_format = "jpeg" })).Events();
        Assert.Equal(["image_generation.partial_image", "image_generation.partial_image", "image_generation.completed"], events.Select(x => x.Name));
        Assert.Equal([0, 1], events.Take(2).Select(x => x.Data.GetProperty("partial_image_index").GetInt32()));
        var frames = events.Select(x => x.Data.GetProperty("b64_json").GetBytesFromBase64()).ToList();
        Assert.All(frames, x => Assert.Equal((ImageFormat.Jpeg, 128, 128), (ImageHeader.Read(x).Format, ImageHeader.Read(x).Width, ImageHeader.Read(x).Height)));
        Assert.NotEqual(frames[0], frames[1]);
        Assert.All(events, x => Assert.Equal((x.Name, "128x128", "opaque"), (x.Data.GetProperty("type").GetString(), x.Data.GetProperty("size").GetString(), x.Data.GetProperty("background").GetString())));
        Assert.True(events[2].Data.GetProperty("usage").GetProperty("total_tokens").GetInt32() > 0);
    }

    [Fact]
    public async Task Glimpses_that_a_fast_model_ran_past_come_before_the_picture()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var events = (await studio.Call(Path, new { prompt = "x", stream = true, partial_images = 3 })).Events();
        Assert.Equal([0, 1, 2], events.SkipLast(1).Select(x => x.Data.GetProperty("partial_image_index").GetInt32()));
        Assert.Equal(3, events.SkipLast(1).Select(x => x.Data.GetProperty("b64_json").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task Stream_without_glimpses_is_the_picture_alone()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var answer = await studio.Call(Path, new { prompt = "x", n = 2, stream = true });
        Assert.Equal(["image_generation.completed", "image_generation.completed"], answer.Events().Select(x => x.Name));
    }

    [Fact]
    public async Task Job_that_fails_is_an_error_also_in_a_stream()
    {
        await using var studio = new WebStudio(new FakePipeline { Fault = (_, step) => step == 2 ? new ModelException("The seed is cursed: use another one.") : null });
        var whole = await studio.Call(Path, new { prompt = "x" });
        Assert.Equal((HttpStatusCode.InternalServerError, "The seed is cursed: use another one.", "server_error"), (whole.Status, whole.ErrorText("message"), whole.ErrorText("type")));
        Assert.Equal("false", Assert.Single(whole.Headers.GetValues("x-should-retry")));
        var (name, data) = (await studio.Call(Path, new { prompt = "x", stream = true })).Events()[^1];
        Assert.Equal(("error", "job_failed"), (name, data.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Client_that_hangs_up_takes_its_jobs_along()
    {
        await using var studio = new WebStudio(FakePipeline.Held());
        using var hangUp = new CancellationTokenSource();
        var body = new StringContent("""{"prompt":"x","n":3,"num_inference_steps":1000}""");
        var calling = studio.CreateClient().PostAsync(Path, body, hangUp.Token);
        var jobs = await studio.Queue.Watch().FirstAsync(x => x.Running is not null && x.Waiting.Count == 2);
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calling);
        foreach (var job in jobs.Waiting)
        {
            Assert.Equal(new JobUpdate.Stopped(), await job.Completion());
        }

        studio.Pipeline!.Open();
        Assert.Equal(new JobUpdate.Stopped(), await jobs.Running!.Completion());
        Assert.Empty(await studio.Images.Latest(9, default));
    }

    [Fact]
    public async Task Studio_that_closes_says_so_and_keeps_the_job()
    {
        await using var studio = new WebStudio(FakePipeline.Held());
        var calling = studio.Call(Path, new { prompt = "x" });
        var job = (await studio.Queue.Watch().FirstAsync(x => x.Running is not null)).Running!;
        studio.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        var answer = await calling;
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "server_error"), (answer.Status, answer.ErrorText("type")));
        Assert.False(job.Latest.IsFinal);
    }

    [Fact]
    public async Task Full_queue_asks_to_come_again()
    {
        await using var studio = new WebStudio(new FakePipeline(), folder: null, ("Studio:MaxWaiting", "1"));
        var answer = await studio.Call(Path, new { prompt = "x", n = 2 });
        Assert.Equal((HttpStatusCode.TooManyRequests, "queue_full"), (answer.Status, answer.ErrorText("code")));
        Assert.Equal("true", Assert.Single(answer.Headers.GetValues("x-should-retry")));
    }

    private static string? Text(Answer answer, string name) => answer.Json.GetProperty(name).GetString();

    private static async Task<byte[]> Bytes(WebStudio studio, object body) =>
        (await studio.Call(Path, body)).Json.GetProperty("data")[0].GetProperty("b64_json").GetBytesFromBase64();
}
