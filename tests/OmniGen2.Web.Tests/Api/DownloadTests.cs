using System.Net;
using System.Text;
using OmniGen2.Imaging;
using OmniGen2.Imaging.Recall;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Tests.Api;

public sealed class DownloadTests
{
    private const string Prompt = "a <b>red</b> star / \u0001 \"quoted\"";

    [Theory]
    [InlineData("png", "image/png", ".png")]
    [InlineData("jpeg", "image/jpeg", ".jpg")]
    [InlineData("webp", "image/webp", ".webp")]
    public async Task Every_format_comes_as_a_file_of_its_own_name(string format, string type, string extension)
    {
        await using var studio = new WebStudio(new FakePipeline());

        using var answer = await Get(studio, Add(studio), $"format={format}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        var name = answer.Content.Headers.ContentDisposition?.FileNameStar ?? "";
        Assert.StartsWith("a-b-red-b-star-quoted-", name, StringComparison.Ordinal);
        Assert.EndsWith(extension, name, StringComparison.Ordinal);
        Assert.Equal(8, ImageFile.Decode(await answer.Content.ReadAsByteArrayAsync()).Width);
    }

    [Fact]
    public async Task A_png_with_parameters_can_be_recalled_and_one_without_cannot()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var id = Add(studio);

        Assert.Equal(77, RecalledSettings.From(await Bytes(studio, id, "format=png"))?.Seed);
        Assert.Null(RecalledSettings.From(await Bytes(studio, id, "format=png&parameters=false")));
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpeg")]
    [InlineData("webp")]
    public async Task The_mark_of_an_AI_picture_stays_and_the_prompt_goes(string format)
    {
        await using var studio = new WebStudio(new FakePipeline());

        var file = Encoding.UTF8.GetString(await Bytes(studio, Add(studio), $"format={format}&parameters=false"));

        Assert.Contains("trainedAlgorithmicMedia", file, StringComparison.Ordinal);
        Assert.DoesNotContain("star", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jpegs_carry_the_parameters_as_a_description()
    {
        await using var studio = new WebStudio(new FakePipeline());

        var file = Encoding.UTF8.GetString(await Bytes(studio, Add(studio), "format=jpeg"));

        Assert.Contains("Seed: 77", file, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_format_names_the_known_ones_and_an_unknown_picture_is_not_found()
    {
        await using var studio = new WebStudio(new FakePipeline());

        using var bad = await Get(studio, Add(studio), "format=gif");
        using var missing = await Get(studio, Guid.NewGuid(), "format=png");

        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Contains("png, jpeg or webp", await bad.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    private static Guid Add(WebStudio studio)
    {
        var request = new GenerationRequest { Prompt = Prompt, Seed = 77, Width = 8, Height = 8 };
        var id = Guid.NewGuid();
        studio.Images.Add(new PictureOrigin(id, PictureKind.Created), new GenerationMetadata { Request = request, Model = "fake" }, new RgbImage(8, 8));
        return id;
    }

    private static async Task<byte[]> Bytes(WebStudio studio, Guid id, string query)
    {
        using var answer = await Get(studio, id, query);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private static async Task<HttpResponseMessage> Get(WebStudio studio, Guid id, string query)
    {
        using var client = studio.CreateClient();
        return await client.GetAsync($"/images/{id}/download?{query}");
    }
}
