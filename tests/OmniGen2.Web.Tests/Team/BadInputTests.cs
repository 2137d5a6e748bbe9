using System.Net;
using System.Net.Http.Json;
using OmniGen2.Imaging;
using OmniGen2.Web.Api;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Tests.Team;

/// <summary>What people send that is meant to break something.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private const string Script = "<script>alert(1)</script>";

    private readonly TeamStudio _team = new();
    private PersonRow _li = default!;

    public async Task InitializeAsync() => _li = await _team.Add("Li Wei", Role.Member);

    public async Task DisposeAsync() => await _team.DisposeAsync();

    [Theory]
    [InlineData("../../x")]
    [InlineData("/etc/x")]
    [InlineData("..\\..\\x")]
    public async Task Upload_that_is_named_out_of_the_folder_stays_in_it(string name)
    {
        var browser = await _team.SignedIn("Li Wei");
        using var answer = await browser.PostAsync($"/uploads?name={Uri.EscapeDataString(name)}", new ByteArrayContent(ImageFile.EncodeJpeg(new RgbImage(64, 32))));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var sent = (await answer.Content.ReadFromJsonAsync<UploadedPicture>())!;
        var row = (await As(() => _team.Studio.Images.Find(sent.Id, default)))!;
        Assert.Equal("x", row.Prompt);
        Assert.StartsWith(_team.Service<DataFolder>().Images, Path.GetFullPath(_team.Studio.Images.FileOf(row)!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markup_in_prompts_remarks_and_board_names_is_shown_as_text()
    {
        var job = await As(() => _team.Studio.Queue.Enqueue(TestStudio.Request(Script)));
        Assert.IsType<JobUpdate.Done>(await job.Completion());
        await Asker.As(Sessions.Of(_li), () => _team.Service<Remarks>().Say(job.Id, $"{Script} @Li Wei", null, null));
        var board = await As(() => _team.Service<Boards>().Create(Script));
        var browser = await _team.SignedIn("Li Wei");
        foreach (var page in (string[])[$"/watch/{job.Id}", $"/pictures/{job.Id}/tree", "/gallery", "/queue", "/activity", "/notices"])
        {
            Assert.DoesNotContain(Script, await browser.GetStringAsync(page), StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", await browser.GetStringAsync($"/watch/{job.Id}"), StringComparison.Ordinal);
        Assert.Equal(Script, board.Name);
    }

    [Fact]
    public async Task Names_of_10000_characters_are_refused_with_both_numbers()
    {
        var name = new string('x', 10_000);
        Assert.Contains("10000", (await Assert.ThrowsAsync<ModelException>(() => As(() => _team.Service<Boards>().Create(name)))).Message.Replace(",", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private Task<T> As<T>(Func<Task<T>> work) => Asker.As(Sessions.Of(_li), work);
}
