using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Team;
using OmniGen2.Web.Tests.History;

namespace OmniGen2.Web.Tests.Team;

/// <summary>Who sees what, and who may change it, whatever way the question comes.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    private readonly FakePipeline _pipeline = FakePipeline.Held();
    private TestStudio? _studio;

    private TestStudio Studio => _studio!;

    private PictureSearch Search => Studio.Service<PictureSearch>();

    private Boards Boards => Studio.Service<Boards>();

    public async Task InitializeAsync() => _studio = await TestStudio.Start(_pipeline);

    public async Task DisposeAsync() => await Studio.DisposeAsync();

    [Fact]
    public async Task Picture_is_its_owners_alone_until_it_is_shared()
    {
        var picture = await PictureOf(Someone.Li);
        Assert.True(await Sees(Someone.Li, picture));
        Assert.False(await Sees(Someone.Amara, picture));
        Assert.False(await Sees(Someone.Mira, picture));
        Assert.False(await Sees(Asker.Nobody, picture));

        await Share(Someone.Li, picture, Audience.Person, Someone.Amara.Id);
        Assert.True(await Sees(Someone.Amara, picture));
        Assert.False(await Sees(Someone.Viewer, picture));

        await Share(Someone.Li, picture, Audience.Team);
        Assert.True(await Sees(Someone.Viewer, picture));
        Assert.False(await Sees(Asker.Nobody, picture));
    }

    [Fact]
    public async Task Link_alone_shows_nothing_to_the_team()
    {
        var picture = await PictureOf(Someone.Li);
        await Share(Someone.Li, picture, Audience.Link);
        Assert.False(await Sees(Someone.Amara, picture));
    }

    [Fact]
    public async Task Things_without_an_owner_are_nobodys_once_there_are_accounts()
    {
        var picture = await PictureOf(Asker.Studio);
        Assert.False(await Sees(Someone.Li, picture));
        Assert.False(await Sees(Asker.Nobody, picture));
        Assert.True(await Sees(Asker.Studio, picture));
    }

    [Fact]
    public async Task Board_shows_what_its_people_put_there_themselves()
    {
        var own = await PictureOf(Someone.Li);
        var foreign = await PictureOf(Someone.Amara);
        await Share(Someone.Amara, foreign, Audience.Person, Someone.Li.Id);
        var board = await Asker.As(Someone.Li, () => Boards.Create("Harbour"));
        await Asker.As(Someone.Li, () => Boards.Add(board.Id, [own, foreign]));
        Assert.False(await Sees(Someone.Viewer, own));

        await Share(Someone.Li, board.Id, Audience.Team, kind: ShareKind.Board);
        Assert.True(await Sees(Someone.Viewer, own));
        // Li may see it, and may not show it around.
        Assert.False(await Sees(Someone.Viewer, foreign));
    }

    [Fact]
    public async Task Board_that_is_open_takes_pictures_of_others_and_one_that_is_not_does_not()
    {
        var board = await Asker.As(Someone.Li, () => Boards.Create("Harbour"));
        var picture = await PictureOf(Someone.Amara);
        await Share(Someone.Li, board.Id, Audience.Team, kind: ShareKind.Board);
        await Assert.ThrowsAsync<ModelException>(() => Asker.As(Someone.Amara, () => Boards.Add(board.Id, [picture])));

        await Studio.Change(async db => (await db.Shares.SingleAsync(x => x.SubjectId == board.Id)).MayAdd = true);
        await Asker.As(Someone.Amara, () => Boards.Add(board.Id, [picture]));
        Assert.True(await Sees(Someone.Li, picture));
    }

    [Fact]
    public async Task Search_counts_and_lists_what_may_be_seen()
    {
        var own = await PictureOf(Someone.Li, "a red circle");
        var shared = await PictureOf(Someone.Amara, "a red star");
        await PictureOf(Someone.Amara, "a red heart");
        await Share(Someone.Amara, shared, Audience.Team);
        Assert.Equal(new[] { own, shared }.Order(), Found(Someone.Li, "red").Order());
        Assert.Equal(2, Found(Someone.Amara, "red").Count);
        Assert.Equal([shared], Found(Someone.Viewer, "red"));
        Assert.Empty(Found(Asker.Nobody, "red"));
        Assert.Empty(Found(Someone.Viewer, "heart"));

        await Asker.As(Someone.Amara, () => Studio.Service<Gallery>().Trash([shared]));
        Assert.Empty(Found(Someone.Viewer, "is:trashed"));
        Assert.False(await Sees(Someone.Viewer, shared));
    }

    [Fact]
    public async Task Words_that_others_put_on_their_pictures_are_theirs()
    {
        var picture = await PictureOf(Someone.Amara);
        await Asker.As(Someone.Amara, () => Studio.Service<PictureTags>().Add([picture], "secret-project"));
        Assert.Empty(Asker.As(Someone.Li, () => Studio.Service<PictureTags>().Of([picture])));
        Assert.Empty(Asker.As(Someone.Li, () => Studio.Service<PictureTags>().Most(10)));
        Assert.Single(Asker.As(Someone.Amara, () => Studio.Service<PictureTags>().Most(10)));
    }

    [Fact]
    public async Task Thread_and_its_words_are_its_owners()
    {
        var thread = Guid.NewGuid();
        var threads = Studio.Service<ThreadStore>();
        await Asker.As(Someone.Li, () => threads.Say(thread, "what is this?", [], owner: null, default));
        Assert.Single(await Asker.As(Someone.Li, () => threads.List("", 10, default)));
        Assert.Empty(await Asker.As(Someone.Amara, () => threads.List("", 10, default)));
        Assert.Empty(await Asker.As(Someone.Amara, () => threads.Messages(thread, default)));
        await Assert.ThrowsAsync<ModelException>(() => Asker.As(Someone.Amara, () => threads.TakeBack(thread, 0, default)));
        Assert.Single(await Asker.As(Someone.Li, () => threads.Messages(thread, default)));
    }

    [Fact]
    public async Task What_is_shared_can_be_seen_and_not_changed()
    {
        var picture = await PictureOf(Someone.Li);
        await Share(Someone.Li, picture, Audience.Team);
        var gallery = Studio.Service<Gallery>();
        await Assert.ThrowsAsync<ModelException>(() => Asker.As(Someone.Amara, () => gallery.Trash([picture])));
        await Assert.ThrowsAsync<ModelException>(() => Asker.As(Someone.Amara, () => gallery.Star([picture])));
        await Assert.ThrowsAsync<ModelException>(() => Asker.As(Someone.Amara, () => Studio.Service<PictureTags>().Add([picture], "mine")));
        await Assert.ThrowsAsync<ModelException>(() => Share(Someone.Amara, picture, Audience.Team));
        await Asker.As(Someone.Li, () => gallery.Trash([picture]));
        Assert.Equal(0, await Asker.As(Someone.Amara, () => Studio.Service<PictureTrash>().Empty()));
        Assert.NotNull(await Studio.Images.Find(picture, default));
    }

    [Fact]
    public async Task Viewer_who_calls_by_hand_is_refused_in_a_sentence()
    {
        var refusal = await Assert.ThrowsAsync<ModelException>(() => Asker.As(Someone.Viewer, () => Studio.Queue.Enqueue(TestStudio.Request())));
        Assert.Contains("ask an administrator for the role of a member", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ModelException>(() => Asker.As(Someone.Viewer, () => Boards.Create("mine")));
        await Assert.ThrowsAsync<ModelException>(() => Asker.As(Someone.Viewer, () => Studio.Queue.Halt(QueuePart.All)));
        Assert.Empty(await Studio.Jobs(JobState.Queued));
    }

    [Fact]
    public async Task Who_looks_through_anothers_eyes_changes_nothing()
    {
        var picture = await PictureOf(Someone.Li);
        var look = Someone.Li with { SeenThroughBy = "Mira" };
        Assert.True(await Sees(look, picture));
        var refusal = await Assert.ThrowsAsync<ModelException>(() => Asker.As(look, () => Studio.Service<Gallery>().Star([picture])));
        Assert.Contains("the eyes of Li", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ModelException>(() => Asker.As(look, () => Studio.Queue.Enqueue(TestStudio.Request())));
    }

    [Fact]
    public async Task Job_is_stopped_by_its_owner_or_by_who_looks_after_the_queue()
    {
        var running = await Asker.As(Someone.Li, () => Studio.Queue.Enqueue(TestStudio.Request()));
        var waiting = await Asker.As(Someone.Li, () => Studio.Queue.Enqueue(TestStudio.Request()));
        Assert.Equal(Someone.Li.Id, waiting.Owner);
        Assert.Null(Asker.As(Someone.Amara, () => Studio.Queue.Find(waiting.Id)));
        Assert.False(Asker.As(Someone.Amara, () => Studio.Queue.Stop(waiting.Id)));
        Assert.False(Asker.As(Someone.Amara, () => Studio.Queue.Discard(running.Id)));
        Assert.True(Asker.As(Someone.Mira, () => Studio.Queue.Stop(waiting.Id)));
        Assert.Equal(JobState.Stopped, (await Studio.Row(waiting.Id)).State);
        Assert.True(Asker.As(Someone.Li, () => Studio.Queue.Discard(running.Id)));
        _pipeline.Open();
        Assert.IsType<JobUpdate.Stopped>(await running.Completion());
    }

    [Fact]
    public async Task Picture_that_a_job_makes_belongs_to_who_asked()
    {
        _pipeline.Open();
        var job = await Asker.As(Someone.Li, () => Studio.Queue.Enqueue(TestStudio.Request()));
        await job.Completion();
        Assert.True(await Sees(Someone.Li, job.Id));
        Assert.False(await Sees(Someone.Amara, job.Id));
        var refusal = await Assert.ThrowsAsync<ModelException>(() => Asker.As(Someone.Amara, () => Studio.Queue.RunAgain(job.Id)));
        Assert.Contains("no job and no picture", refusal.Message, StringComparison.Ordinal);
    }

    private Task<bool> Sees(Asker asker, Guid picture) => Asker.As(asker, async () => await Studio.Images.Find(picture, default) is not null);

    private IReadOnlyList<Guid> Found(Asker asker, string text) => Asker.As(asker, () =>
    {
        var result = Search.Find(text);
        var ids = Search.Ids(result, 0, 100);
        Assert.Equal(ids.Count, result.Count);
        return ids;
    });

    private async Task<Guid> PictureOf(Asker owner, string prompt = "a red circle")
    {
        var picture = Some.Picture(prompt, owner: owner.Id);
        await Studio.Change(async db => await db.Pictures.AddAsync(picture));
        return picture.Id;
    }

    private Task Share(Asker by, Guid subject, Audience audience, string? with = null, ShareKind kind = ShareKind.Picture) => Asker.As(by, () => Studio.Change(async db => await db.Shares.AddAsync(new ShareRow
    {
        Id = Guid.NewGuid(),
        Kind = kind,
        SubjectId = subject,
        Audience = audience,
        PersonId = with,
        SharedBy = by.Id!,
        CreatedAt = DateTimeOffset.UtcNow,
    })));
}
