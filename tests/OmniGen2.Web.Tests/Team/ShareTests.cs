using System.Net;
using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Tests.Team;

/// <summary>Sharing with people, with the team and by link, and what they say about it.</summary>
public sealed class ShareTests : IAsyncLifetime
{
    private readonly TeamStudio _team = new();
    private PersonRow _li = null!;
    private PersonRow _amara = null!;
    private PersonRow _mira = null!;

    private Shares Shares => _team.Service<Shares>();

    private Remarks Remarks => _team.Service<Remarks>();

    private Notices Notices => _team.Service<Notices>();

    public async Task InitializeAsync()
    {
        _li = await _team.Add("Li Wei", Role.Member);
        _amara = await _team.Add("Amara Diallo", Role.Member);
        _mira = await _team.Add("Mira", Role.Administrator);
    }

    public async Task DisposeAsync() => await _team.DisposeAsync();

    [Fact]
    public async Task Picture_that_is_shared_with_one_person_is_seen_by_that_one_until_it_is_taken_back()
    {
        var picture = await Picture(_li);
        await As(_li, () => Shares.With(Of(picture), _amara.Id));
        Assert.True(await Sees(_amara, picture));
        Assert.False(await Sees(_mira, picture));
        Assert.Equal("shared a picture with you.", Assert.Single(await Ask(_amara, () => Notices.Mine(default))).Text);
        var share = Assert.Single(await Ask(_li, () => Shares.List(picture, default)));
        await As(_amara, () => Shares.Revoke(share.Id));
        Assert.True(await Sees(_amara, picture));
        await As(_li, () => Shares.Revoke(share.Id));
        Assert.False(await Sees(_amara, picture));
    }

    [Fact]
    public async Task Only_what_is_ones_own_is_shared()
    {
        var picture = await Picture(_li);
        await Assert.ThrowsAsync<ModelException>(() => As(_amara, () => Shares.With(Of(picture), null)));
        await Assert.ThrowsAsync<ModelException>(() => As(_amara, () => Shares.Link(Of(picture), new LinkTerms(true, null, false))));
        Assert.False(await Sees(_mira, picture));
    }

    [Fact]
    public async Task Open_link_shows_its_picture_to_anybody_and_no_other_until_it_is_taken_back()
    {
        var (picture, other) = (await Picture(_li), await Picture(_li));
        var token = await Ask(_li, () => Shares.Link(Of(picture), new LinkTerms(IsOpen: true, null, false)));
        var anybody = _team.Browser();
        Assert.Contains($"/s/{token}/images/{picture:N}.png", await anybody.GetStringAsync($"/s/{token}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await Status(anybody, $"/s/{token}/images/{picture:N}.png"));
        Assert.Equal(HttpStatusCode.NotFound, await Status(anybody, $"/s/{token}/images/{other:N}.png"));
        Assert.Equal(HttpStatusCode.NotFound, await Status(anybody, $"/s/guessed/images/{picture:N}.png"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(anybody, Links.Picture(picture)));

        await As(_li, async () => await Shares.Revoke(Assert.Single(await Shares.List(picture, default)).Id));
        Assert.Equal(HttpStatusCode.NotFound, await Status(anybody, $"/s/{token}/images/{picture:N}.png"));
        Assert.Contains("This link is closed", await anybody.GetStringAsync($"/s/{token}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_for_the_team_leads_strangers_to_the_door_and_one_that_is_too_old_nowhere()
    {
        var picture = await Picture(_li);
        var token = await Ask(_li, () => Shares.Link(Of(picture), new LinkTerms(IsOpen: false, TimeSpan.FromDays(1), false)));
        using (var door = await _team.Browser().GetAsync($"/s/{token}"))
        {
            Assert.Contains("/sign-in", door.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, await Status(_team.Browser(), $"/s/{token}/images/{picture:N}.png"));
        var amara = await _team.SignedIn("Amara Diallo");
        Assert.Equal(HttpStatusCode.OK, await Status(amara, $"/s/{token}/images/{picture:N}.png"));
        await Change(db => db.Shares.ExecuteUpdateAsync(x => x.SetProperty(s => s.ExpiresAt, DateTimeOffset.UtcNow.AddSeconds(-1))));
        Assert.Equal(HttpStatusCode.NotFound, await Status(amara, $"/s/{token}/images/{picture:N}.png"));
    }

    [Fact]
    public async Task Snapshot_stays_as_it_was_and_a_live_link_does_not()
    {
        var boards = _team.Service<Boards>();
        var (first, later) = (await Picture(_li), await Picture(_li));
        var board = await Ask(_li, () => boards.Create("Harbour"));
        await Ask(_li, () => boards.Add(board.Id, [first]));
        var subject = new ShareSubject(ShareKind.Board, board.Id);
        var snapshot = await Ask(_li, () => Shares.Link(subject, new LinkTerms(true, null, IsSnapshot: true)));
        var live = await Ask(_li, () => Shares.Link(subject, new LinkTerms(true, null, IsSnapshot: false)));
        await Ask(_li, () => boards.Add(board.Id, [later]));
        Assert.Equal(HttpStatusCode.NotFound, await Status(_team.Browser(), $"/s/{snapshot}/thumbs/{later:N}"));
        Assert.Equal(HttpStatusCode.OK, await Status(_team.Browser(), $"/s/{live}/thumbs/{later:N}"));
        Assert.Contains("You see it as it was on", await _team.Browser().GetStringAsync($"/s/{snapshot}"), StringComparison.Ordinal);
        Assert.Contains("it may change", await _team.Browser().GetStringAsync($"/s/{live}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snapshot_of_a_thread_keeps_its_words_when_they_are_taken_back()
    {
        var threads = _team.Service<ThreadStore>();
        var (thread, first, later) = (Guid.NewGuid(), await Picture(_li), await Picture(_li));
        await As(_li, () => threads.Say(thread, "what was <b>asked</b> first", [first], _li.Id, default));
        var subject = new ShareSubject(ShareKind.Thread, thread);
        var snapshot = await Ask(_li, () => Shares.Link(subject, new LinkTerms(true, null, IsSnapshot: true)));
        var live = await Ask(_li, () => Shares.Link(subject, new LinkTerms(true, null, IsSnapshot: false)));
        await As(_li, () => threads.TakeBack(thread, 0, default));
        await As(_li, () => threads.Say(thread, "what came later", [later], _li.Id, default));
        var (then, now) = (await _team.Browser().GetStringAsync($"/s/{snapshot}"), await _team.Browser().GetStringAsync($"/s/{live}"));
        Assert.Contains("what was &lt;b&gt;asked&lt;/b&gt; first", then, StringComparison.Ordinal);
        Assert.DoesNotContain("what came later", then, StringComparison.Ordinal);
        Assert.Contains("what came later", now, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (await Status(_team.Browser(), $"/s/{snapshot}/thumbs/{first:N}"), await Status(_team.Browser(), $"/s/{snapshot}/thumbs/{later:N}")));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (await Status(_team.Browser(), $"/s/{live}/thumbs/{first:N}"), await Status(_team.Browser(), $"/s/{live}/thumbs/{later:N}")));
    }

    [Fact]
    public async Task Two_who_put_the_same_picture_on_one_board_at_once_put_it_there_once()
    {
        var boards = _team.Service<Boards>();
        var (picture, board) = (await Picture(_li), await Ask(_li, () => boards.Create("Harbour")));
        await As(_li, () => Shares.With(Of(picture), null));
        await As(_li, () => Shares.With(new ShareSubject(ShareKind.Board, board.Id), null, mayAdd: true));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Ask(i % 2 == 0 ? _li : _amara, () => boards.Add(board.Id, [picture]))));
        await Change(async db => Assert.Equal(1, await db.BoardPictures.CountAsync()));
    }

    [Fact]
    public async Task Remark_is_heard_by_the_owner_and_by_who_is_named_and_may_see_the_picture()
    {
        var picture = await Picture(_li);
        await Assert.ThrowsAsync<ModelException>(() => As(_amara, () => Remarks.Say(picture, "nice", null, null)));
        await As(_li, () => Shares.With(Of(picture), _amara.Id));
        await As(_amara, () => Remarks.Say(picture, "<b>Keep it white</b>, @Li. @Mira, look!", 12, (0.7, 1.4)));
        var remark = Assert.Single(await Ask(_li, () => Remarks.Of(picture, default)));
        Assert.Equal((12, 0.7, 1.0), (remark.Step, remark.X, remark.Y));
        Assert.Equal(NoticeKind.Mention, Assert.Single(await Ask(_li, () => Notices.Mine(default))).Kind);
        // Mira was named and sees nothing of it.
        Assert.Empty(await Ask(_mira, () => Notices.Mine(default)));
        Assert.Empty(await Ask(_mira, () => Remarks.Of(picture, default)));
        var refusal = await Assert.ThrowsAsync<ModelException>(() => As(_li, () => Remarks.Say(picture, new string('x', 10_000), null, null)));
        Assert.Contains("10000 characters and at most 2000", refusal.Message, StringComparison.Ordinal);
        await As(_amara, () => Remarks.React(picture, ReactionKind.Good));
        Assert.Single(await Ask(_li, () => Remarks.Reactions(picture, default)));
        await As(_amara, () => Remarks.React(picture, ReactionKind.Good));
        Assert.Empty(await Ask(_li, () => Remarks.Reactions(picture, default)));
        // One's own picture, so another's remark can be taken off it.
        await As(_li, () => Remarks.Delete(remark.Id));
        Assert.Empty(await Ask(_amara, () => Remarks.Of(picture, default)));
    }

    [Fact]
    public async Task Words_of_others_are_not_read_in_the_queue()
    {
        var job = await Ask(_li, () => _team.Studio.Queue.Enqueue(TestStudio.Request("a secret logo")));
        Assert.Equal("a secret logo", Asker.As(Sessions.Of(_li), () => job.Words));
        Assert.DoesNotContain("secret", Asker.As(Sessions.Of(_amara), () => job.Words), StringComparison.Ordinal);
        await job.Completion();
    }

    [Fact]
    public async Task Person_who_leaves_hands_over_or_leaves_everything_in_the_trash()
    {
        var (first, second) = (await Picture(_li), await Picture(_amara));
        var removal = _team.Service<PersonRemoval>();
        await Assert.ThrowsAsync<ModelException>(() => As(_amara, () => removal.HandOver(_li.Id, _amara.Id)));
        await Assert.ThrowsAsync<ModelException>(() => As(_mira, () => removal.HandOver(_mira.Id, _li.Id)));
        await As(_mira, () => removal.HandOver(_li.Id, _amara.Id));
        Assert.True(await Sees(_amara, first));
        await As(_mira, () => removal.Trash(_amara.Id));
        Assert.Equal(2, Asker.As(Sessions.Of(_mira), () => _team.Service<PictureSearch>().Find("is:trashed").Count));
        Assert.True(await Sees(_mira, second));
        Assert.Equal("Mira", Assert.Single(await _team.Service<People>().All(default)).Name);
        using var late = await TeamStudio.SignIn(_team.Browser(), "Li Wei");
        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
    }

    private static ShareSubject Of(Guid picture) => new(ShareKind.Picture, picture);

    private static Task<T> Ask<T>(PersonRow person, Func<Task<T>> work) => Asker.As(Sessions.Of(person), work);

    private static Task As(PersonRow person, Func<Task> work) => Asker.As(Sessions.Of(person), work);

    private static async Task<HttpStatusCode> Status(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(path);
        return answer.StatusCode;
    }

    private Task<bool> Sees(PersonRow person, Guid picture) => Ask(person, async () => await _team.Studio.Images.Find(picture, default) is not null);

    private async Task<Guid> Picture(PersonRow owner)
    {
        var job = await Ask(owner, () => _team.Studio.Queue.Enqueue(TestStudio.Request()));
        Assert.IsType<JobUpdate.Done>(await job.Completion());
        return job.Id;
    }

    private async Task Change(Func<HistoryDb, Task> change)
    {
        await using var db = await _team.Service<IDbContextFactory<HistoryDb>>().CreateDbContextAsync();
        await change(db);
    }
}
