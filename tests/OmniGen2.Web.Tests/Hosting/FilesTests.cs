using System.Net;
using System.Net.Http.Headers;
using OmniGen2.Imaging;
using OmniGen2.Web.Tests.Jobs;
using static OmniGen2.Web.Tests.TestStudio;

namespace OmniGen2.Web.Tests.Hosting;

public sealed class FilesTests
{
    [Fact]
    public async Task Picture_and_thumbnail_are_kept_by_the_browser_for_good()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var job = await studio.Queue.Enqueue(Request());
        await job.Completion();
        foreach (var (link, type) in new[] { (Links.Picture(job.Id), "image/png"), (Links.Thumbnail(job.Id), "image/webp") })
        {
            using var response = await studio.CreateClient().GetAsync(link);
            Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
            Assert.Equal("private, max-age=31536000, immutable", Assert.Single(response.Headers.NonValidated["Cache-Control"]));
            using var again = new HttpRequestMessage(HttpMethod.Get, link) { Headers = { IfNoneMatch = { response.Headers.ETag! } } };
            Assert.Equal(HttpStatusCode.NotModified, (await studio.CreateClient().SendAsync(again)).StatusCode);
        }
    }

    [Fact]
    public async Task Picture_can_be_read_in_parts()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var job = await studio.Queue.Enqueue(Request());
        await job.Completion();
        using var part = new HttpRequestMessage(HttpMethod.Get, Links.Picture(job.Id)) { Headers = { Range = new RangeHeaderValue(0, 7) } };
        using var response = await studio.CreateClient().SendAsync(part);
        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(8, (await response.Content.ReadAsByteArrayAsync()).Length);
    }

    [Fact]
    public async Task Picture_whose_file_is_damaged_is_served_as_it_is_and_has_no_thumbnail()
    {
        await using var studio = new WebStudio(new FakePipeline());
        // An upload: of what the studio makes, the thumbnail may be there before the damage is done.
        var picture = await studio.Images.AddUpload(ImageFile.EncodePng(new RgbImage(16, 16, new byte[16 * 16 * 3])));
        await File.WriteAllTextAsync(studio.Images.FileOf(picture)!, "not a picture");
        Assert.Equal("not a picture", await studio.CreateClient().GetStringAsync(Links.Picture(picture.Id)));
        Assert.Equal(HttpStatusCode.NotFound, (await studio.CreateClient().GetAsync(Links.Thumbnail(picture.Id))).StatusCode);
    }

    [Fact]
    public async Task Preview_of_the_latest_step_is_kept_and_an_older_address_is_not()
    {
        await using var studio = new WebStudio(FakePipeline.Held());
        var client = studio.CreateClient();
        var job = await studio.Queue.Enqueue(Request());
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(Links.Preview(job.Id, 1))).StatusCode);
        studio.Pipeline!.Allow(3);
        await job.Reaches(step: 2);
        using var latest = await client.GetAsync(Links.Preview(job.Id, 2));
        using var older = await client.GetAsync(Links.Preview(job.Id, 1));
        Assert.True(latest.Headers.CacheControl!.MaxAge > TimeSpan.FromDays(1));
        Assert.True(older.Headers.CacheControl!.NoStore);
        var bytes = await latest.Content.ReadAsByteArrayAsync();
        Assert.Equal(bytes, await older.Content.ReadAsByteArrayAsync());
        Assert.Equal((ImageFormat.Jpeg, 8, 8), (ImageHeader.Read(bytes).Format, ImageHeader.Read(bytes).Width, ImageHeader.Read(bytes).Height));
    }

    [Theory]
    [InlineData("/images/00000000000000000000000000000001.png")]
    [InlineData("/thumbs/00000000000000000000000000000001")]
    [InlineData("/previews/00000000000000000000000000000001?v=1")]
    [InlineData("/images/..%2Fhistory.db")]
    [InlineData("/images/1.png")]
    public async Task Address_that_was_guessed_finds_nothing(string address)
    {
        await using var studio = new WebStudio(new FakePipeline());
        Assert.Equal(HttpStatusCode.NotFound, (await studio.CreateClient().GetAsync(address)).StatusCode);
    }
}
