using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OmniGen2.Web.History;
using OmniGen2.Web.Tests.History;
using static OmniGen2.Web.Tests.TestStudio;

namespace OmniGen2.Web.Tests.Hosting;

public sealed class ZipTests
{
    [Fact]
    public async Task Zip_holds_the_files_as_they_are_and_says_how_each_was_made()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var first = await studio.Queue.Enqueue(Request("a red/blue: circle? ..\\..", seed: 5));
        var second = await studio.Queue.Enqueue(Request("狐狸", seed: 6));
        var lost = await studio.Queue.Enqueue(Request("lost", seed: 7));
        await Task.WhenAll(first.Completion(), second.Completion(), lost.Completion());
        File.Delete(studio.Images.FileOf((await studio.Images.Find(lost.Id, default))!)!);

        Guid[] ids = [first.Id, second.Id, lost.Id, Guid.NewGuid()];
        var ticket = studio.Services.GetRequiredService<ZipTickets>().Issue(ids);
        using var response = await studio.CreateClient().GetAsync(Links.Zip(ticket), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(("application/zip", true), (response.Content.Headers.ContentType?.MediaType, response.Content.Headers.ContentLength is null));
        Assert.Matches(@"^pictures-\d{4}-\d\d-\d\d-\d{4}\.zip$", response.Content.Headers.ContentDisposition?.FileName ?? "");

        using var zip = new ZipArchive(await response.Content.ReadAsStreamAsync());
        Assert.Equal([$"a-red-blue-circle-{first.Id.ToString("N")[..6]}.png", $"狐狸-{second.Id.ToString("N")[..6]}.png", "manifest.json"], zip.Entries.Select(x => x.FullName));
        using var bytes = new MemoryStream();
        await using (var entry = zip.Entries[0].Open())
        {
            await entry.CopyToAsync(bytes);
        }

        Assert.Equal(await studio.CreateClient().GetByteArrayAsync(Links.Picture(first.Id)), bytes.ToArray());
        await using var manifest = zip.Entries[2].Open();
        var said = (await JsonSerializer.DeserializeAsync<JsonElement>(manifest)).EnumerateArray().ToList();
        Assert.Equal((3, 5L, "狐狸"), (said.Count, said[0].GetProperty("seed").GetInt64(), said[1].GetProperty("prompt").GetString()));
        Assert.Equal((true, JsonValueKind.Null), (said[2].GetProperty("missing").GetBoolean(), said[2].GetProperty("file").ValueKind));
        Assert.Equal(8, said[0].GetProperty("metadata").GetProperty("request").GetProperty("steps").GetInt32());
    }

    [Fact]
    public async Task Guessed_or_old_link_to_a_zip_finds_nothing()
    {
        var time = new FixedTime { Now = Some.Noon };
        var tickets = new ZipTickets(time);
        var ticket = tickets.Issue([Guid.NewGuid()]);
        Assert.NotNull(tickets.Find(ticket));
        time.Now = Some.Noon.AddMinutes(16);
        Assert.Null(tickets.Find(ticket));
        await using var studio = new WebStudio(new FakePipeline());
        Assert.Equal(HttpStatusCode.NotFound, (await studio.CreateClient().GetAsync(Links.Zip(Guid.NewGuid()))).StatusCode);
    }

    private sealed class FixedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
