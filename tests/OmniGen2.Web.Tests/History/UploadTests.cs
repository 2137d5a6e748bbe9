using System.Net;
using System.Net.Http.Json;
using OmniGen2.Imaging;
using OmniGen2.Web.Api;
using OmniGen2.Web.History;
using static OmniGen2.Web.Tests.TestStudio;

namespace OmniGen2.Web.Tests.History;

public sealed class UploadTests
{
    private static readonly byte[] Photo = ImageFile.EncodeJpeg(new RgbImage(64, 32));

    [Fact]
    public async Task Upload_is_kept_as_it_came_and_stays_out_of_the_latest()
    {
        await using var studio = await Start(FakePipeline.Held());
        var row = await studio.Images.AddUpload(Photo, "C:\\holiday\\beach.jpg");
        Assert.Equal((PictureKind.Upload, 64, 32, "beach.jpg", false), (row.Kind, row.Width, row.Height, row.Prompt, row.IsPartial));
        Assert.Equal(Photo, await File.ReadAllBytesAsync(studio.Images.FileOf(row)!));
        Assert.EndsWith(".jpg", row.File, StringComparison.Ordinal);
        Assert.Equal(GenerationMetadata.Parse(row.Metadata).Request.Prompt, row.Prompt);
        Assert.Empty(await studio.Images.Latest(10, default));
    }

    [Fact]
    public async Task Same_upload_is_stored_once_and_comes_back_from_the_trash()
    {
        await using var studio = await Start(FakePipeline.Held());
        var first = await studio.Images.AddUpload(Photo);
        await studio.Change(async db => (await db.Pictures.FindAsync(first.Id))!.DeletedAt = DateTimeOffset.UtcNow);
        File.Delete(studio.Images.FileOf(first)!);
        var second = await studio.Images.AddUpload(Photo, "another name.jpg");
        Assert.Equal(first.Id, second.Id);
        Assert.Null((await studio.Images.Find(first.Id, default))!.DeletedAt);
        Assert.NotNull(studio.Images.FileOf(second));
    }

    [Fact]
    public async Task Same_upload_of_two_people_is_two_pictures_and_one_file()
    {
        await using var studio = await Start(FakePipeline.Held());
        var (hers, his) = (await studio.Images.AddUpload(Photo, owner: "her"), await studio.Images.AddUpload(Photo, owner: "him"));
        Assert.NotEqual(hers.Id, his.Id);
        Assert.Equal(hers.File, his.File);
    }

    [Fact]
    public async Task Own_picture_that_is_brought_back_is_that_picture()
    {
        await using var studio = await Start(FakePipeline.Held());
        var made = studio.Images.Add(
            new PictureOrigin(Guid.NewGuid(), PictureKind.Created), new GenerationMetadata { Request = Request(), Model = "fake", StepsDone = 8 }, new RgbImage(64, 64));
        Assert.Equal(made.Id, (await studio.Images.AddUpload(await File.ReadAllBytesAsync(studio.Images.FileOf(made)!))).Id);
    }

    [Theory]
    [InlineData("not a picture", "'x.png' is not a PNG, JPEG or WebP picture")]
    [InlineData("", "'x.png' is an empty file of 0 bytes")]
    public async Task File_that_is_no_picture_is_refused_with_a_sentence(string content, string sentence)
    {
        await using var studio = new WebStudio(FakePipeline.Held());
        using var response = await studio.CreateClient().PostAsync("/uploads?name=x.png", new StringContent(content));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(sentence, System.Text.RegularExpressions.Regex.Unescape(await response.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_over_http_can_be_seen_at_once()
    {
        await using var studio = new WebStudio(FakePipeline.Held());
        var client = studio.CreateClient();
        using var response = await client.PostAsync("/uploads?name=beach.jpg", new ByteArrayContent(Photo));
        var picture = (await response.Content.ReadFromJsonAsync<UploadedPicture>())!;
        Assert.Equal((64, 32), (picture.Width, picture.Height));
        using var shown = await client.GetAsync(picture.Picture);
        Assert.Equal("image/jpeg", shown.Content.Headers.ContentType?.MediaType);
        Assert.Equal(Photo, await shown.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(picture.Thumbnail)).StatusCode);
    }

    [Fact]
    public async Task Upload_of_more_bytes_than_are_taken_is_given_up_while_it_comes()
    {
        await using var studio = new WebStudio(FakePipeline.Held());
        using var response = await studio.CreateClient().PostAsync("/uploads?name=big.png", new ByteArrayContent(new byte[ImageLimits.Default.MaxBytes + 1]));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("at most 67,108,864", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
