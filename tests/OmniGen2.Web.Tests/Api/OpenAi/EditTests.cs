using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OmniGen2.Imaging;
using OmniGen2.Web.History;
using static OmniGen2.Web.Tests.Api.OpenAi.Calling;

namespace OmniGen2.Web.Tests.Api.OpenAi;

public sealed class EditTests
{
    private const string Path = "/v1/images/edits";

    private static readonly Dictionary<string, string> Words = new() { ["prompt"] = "make it blue", ["seed"] = "3", ["n"] = "1" };

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.WebP)]
    public async Task Picture_and_words_become_a_picture_of_its_size(ImageFormat format)
    {
        await using var studio = new WebStudio(new FakePipeline());
        var answer = await studio.Call(Path, Form(Words, "image", Picture(format: format)));
        Assert.Equal((HttpStatusCode.OK, "96x64"), (answer.Status, answer.Json.GetProperty("size").GetString()));
        var made = Assert.Single(await studio.Images.Latest(9, default));
        Assert.Equal(PictureKind.Edited, made.Kind);
        var parent = await studio.Images.Find(Assert.Single(await studio.Images.ParentsOf(made.Id, default)), default);
        Assert.Equal((PictureKind.Upload, "picture-0.png"), (parent!.Kind, parent.Prompt));
        Assert.Equal(24, answer.Json.GetProperty("usage").GetProperty("input_tokens_details").GetProperty("image_tokens").GetInt32());
    }

    [Theory]
    [InlineData("image")]
    [InlineData("image[]")]
    public async Task Several_pictures_are_references_in_their_order(string field)
    {
        var pipeline = new FakePipeline();
        await using var studio = new WebStudio(pipeline);
        var answer = await studio.Call(Path, Form(Words, field, Picture(10), Picture(20), Picture(30)));
        Assert.Equal((HttpStatusCode.OK, "96x64"), (answer.Status, answer.Json.GetProperty("size").GetString()));
        Assert.Equal([10, 20, 30], pipeline.Requests.First().Images.Select(x => (int)x.Pixels[0]));
        Assert.Equal(PictureKind.Composed, Assert.Single(await studio.Images.Latest(9, default)).Kind);
    }

    [Fact]
    public async Task Form_takes_numbers_lists_and_a_size_of_ones_own()
    {
        var pipeline = new FakePipeline();
        await using var studio = new WebStudio(pipeline);
        var form = Form(new Dictionary<string, string> { ["prompt"] = "x", ["guidance_scale"] = "2.5", ["size"] = "128x64", ["input_fidelity"] = "high" }, "image", Picture());
        form.Add(new StringContent("0.2"), "cfg_range[]");
        form.Add(new StringContent("0.7"), "cfg_range[]");
        var answer = await studio.Call(Path, form);
        Assert.Equal("128x64", answer.Json.GetProperty("size").GetString());
        var asked = pipeline.Requests.First();
        Assert.Equal((2.5, 0.2, 0.7, 2.8), (asked.TextGuidance, asked.CfgStart, asked.CfgEnd, asked.ImageGuidance));
    }

    [Fact]
    public async Task Pictures_may_come_as_data_urls_in_json()
    {
        var pipeline = new FakePipeline();
        await using var studio = new WebStudio(pipeline);
        var images = new[] { new { image_url = DataUrl(Picture(10)) }, new { image_url = DataUrl(Picture(20)) } };
        Assert.Equal(HttpStatusCode.OK, (await studio.Call(Path, new { prompt = "x", images })).Status);
        Assert.Equal([10, 20], pipeline.Requests.First().Images.Select(x => (int)x.Pixels[0]));
    }

    [Fact]
    public async Task Stream_of_an_edit_has_events_of_its_own()
    {
        await using var studio = new WebStudio(FakePipeline.Held());
        var answer = await studio.CallStepwise(Path, Form(new Dictionary<string, string> { ["prompt"] = "x", ["stream"] = "true", ["partial_images"] = "1" }, "image", Picture()));
        Assert.Equal(["image_edit.partial_image", "image_edit.completed"], answer.Events().Select(x => x.Name));
        Assert.Contains(" of 8\n", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sixth_picture_a_mask_and_a_file_that_is_no_picture_are_refused()
    {
        await using var studio = new WebStudio(new FakePipeline());
        await Refused(studio, Form(Words, "image[]", [.. Enumerable.Range(0, 6).Select(i => Picture((byte)i))]), "image", "too_many_images");
        var masked = Form(Words, "image", Picture());
        masked.Add(new ByteArrayContent(Picture()), "mask", "mask.png");
        await Refused(studio, masked, "mask", "unsupported_parameter");
        await Refused(studio, Form(Words, "image", Encoding.UTF8.GetBytes("<svg/>")), "image", "invalid_image");
        await Refused(studio, Form(Words, "image", Bomb()), "image", "invalid_image");
        await Refused(studio, Form(Words, "image"), "image", "missing_required_parameter");
        await Refused(studio, Form(new Dictionary<string, string>(), "image", Picture()), "prompt", "missing_required_parameter");
        await Refused(studio, Form(new Dictionary<string, string> { ["prompt"] = "x", ["n"] = "two" }, "image", Picture()), "n", "invalid_type");
        await Refused(studio, new StringContent("--x", Encoding.UTF8, "text/plain"), null, "invalid_content_type");
        var broken = new StringContent("--b\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\nx");
        broken.Headers.Remove("Content-Type");
        broken.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        await Refused(studio, broken, null, "invalid_multipart");
    }

    [Fact]
    public async Task Fault_that_nobody_foresaw_is_not_told()
    {
        await using var studio = new WebStudio(new FakePipeline());
        studio.CreateClient();
        await using (var db = await studio.Services.GetRequiredService<IDbContextFactory<HistoryDb>>().CreateDbContextAsync())
        {
            await db.Database.ExecuteSqlRawAsync("DROP TABLE Pictures");
        }

        var answer = await studio.Call(Path, Form(Words, "image", Picture()));
        Assert.Equal((HttpStatusCode.InternalServerError, "server_error"), (answer.Status, answer.ErrorText("type")));
        Assert.Contains("the log tells more under", answer.ErrorText("message"), StringComparison.Ordinal);
        Assert.DoesNotContain("SQLite", answer.Text, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task Refused(WebStudio studio, HttpContent body, string? parameter, string code)
    {
        var answer = await studio.Call(Path, body);
        Assert.Equal((HttpStatusCode.BadRequest, parameter, code), (answer.Status, answer.ErrorText("param"), answer.ErrorText("code")));
    }

    /// <summary>A PNG whose header promises ten thousand million pixels.</summary>
    private static byte[] Bomb()
    {
        var png = Picture();
        png.AsSpan(16, 8).Clear();
        (png[17], png[21]) = (0x01, 0x01);
        return png;
    }
}
