using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OmniGen2.Web.History;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Tests.Team;

/// <summary>Sessions, keys and looks through another's eyes.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private readonly TeamStudio _team = new();
    private PersonRow _mira = null!;
    private PersonRow _li = null!;

    public async Task InitializeAsync()
    {
        _mira = await _team.Add("Mira", Role.Administrator);
        _li = await _team.Add("Li", Role.Member);
    }

    public async Task DisposeAsync() => await _team.DisposeAsync();

    [Fact]
    public async Task Session_that_is_revoked_is_out_at_once()
    {
        var browser = await _team.SignedIn("Li");
        Assert.Equal(HttpStatusCode.OK, await Get(browser, "/gallery"));
        var session = Assert.Single(await As(_li, () => _team.Service<Sessions>().List(_li.Id, default)));
        var end = _team.Service<Sessions>().EndOf(session.Id);
        await As(_mira, () => Done(_team.Service<Sessions>().End(session.Id)));
        Assert.True(end.IsCancellationRequested);
        Assert.Equal(HttpStatusCode.Redirect, await Get(browser, "/gallery"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.PostAsync("/_blazor/negotiate?negotiateVersion=1", null)).StatusCode);
    }

    [Fact]
    public async Task Nobody_ends_or_lists_the_sessions_of_others()
    {
        await _team.SignedIn("Mira");
        var session = Assert.Single(await As(_mira, () => _team.Service<Sessions>().List(_mira.Id, default)));
        await Assert.ThrowsAsync<ModelException>(() => As(_li, () => _team.Service<Sessions>().List(null, default)));
        await Assert.ThrowsAsync<ModelException>(() => As(_li, () => Done(_team.Service<Sessions>().End(session.Id))));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_not_only_the_cookie()
    {
        var browser = await _team.SignedIn("Li");
        (await browser.PostAsync("/sign-out", null)).Dispose();
        Assert.Empty(await As(_li, () => _team.Service<Sessions>().List(_li.Id, default)));
    }

    [Fact]
    public async Task Blocked_person_is_out_and_one_with_another_role_may_at_once_what_that_allows()
    {
        var browser = await _team.SignedIn("Li");
        await As(_mira, () => Done(_team.Service<People>().SetRole(_li.Id, Role.Viewer)));
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync("/uploads", null)).StatusCode);
        await As(_mira, () => Done(_team.Service<People>().Block(_li.Id)));
        Assert.Equal(HttpStatusCode.Redirect, await Get(browser, "/gallery"));
        await Assert.ThrowsAsync<ModelException>(() => As(_li, () => Done(_team.Service<People>().SetRole(_li.Id, Role.Administrator))));
        await Assert.ThrowsAsync<ModelException>(() => As(_mira, () => Done(_team.Service<People>().Block(_mira.Id))));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("CfDJ8NrAkS1f9mNMnT3JQvVv")]
    public async Task Forged_cookie_opens_nothing(string cookie)
    {
        var browser = _team.Browser();
        browser.DefaultRequestHeaders.Add("Cookie", $"{SessionCookie.Name}={cookie}");
        Assert.Equal(HttpStatusCode.Redirect, await Get(browser, "/gallery"));
    }

    [Fact]
    public async Task Form_of_another_site_does_nothing()
    {
        var browser = await _team.SignedIn("Li");
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/sign-out");
        foreign.Headers.Add("Origin", "https://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.SendAsync(foreign)).StatusCode);
        // A form without its token.
        Assert.Equal(HttpStatusCode.BadRequest, (await _team.Browser().PostAsync("/sign-in", new FormUrlEncodedContent([new("_handler", "sign-in")]))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await Get(browser, "/gallery"));
    }

    [Fact]
    public async Task Password_link_works_once_and_ends_all_sessions()
    {
        var browser = await _team.SignedIn("Li");
        var people = _team.Service<People>();
        await Assert.ThrowsAsync<ModelException>(() => As(_li, () => people.ResetToken(_mira.Id)));
        var token = await As(_mira, () => people.ResetToken(_li.Id));
        await people.Reset(_li.Id, token, "another good password");
        await Assert.ThrowsAsync<ModelException>(() => people.Reset(_li.Id, token, "a third good password"));
        Assert.Equal(HttpStatusCode.Redirect, await Get(browser, "/gallery"));
        using var late = await TeamStudio.SignIn(_team.Browser(), "Li", "another good password");
        Assert.Equal(HttpStatusCode.Redirect, late.StatusCode);
    }

    [Fact]
    public async Task Key_does_what_its_scopes_and_its_person_may_until_it_is_revoked()
    {
        var li = Sessions.Of(_li) with { Session = Guid.NewGuid() };
        var keys = _team.Service<ApiKeys>();
        var make = await Asker.As(li, () => keys.Make("plugin", [Permission.See, Permission.Make, Permission.ManagePeople], null));
        var see = await Asker.As(li, () => keys.Make("monitor", [Permission.See], null));
        Assert.Equal(HttpStatusCode.OK, await Get(With(make), "/v1/models"));
        Assert.Equal(HttpStatusCode.Forbidden, await Get(With(see), "/v1/models"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Get(With("og2-guessed"), "/v1/models"));
        Assert.Equal(Permissions.Of(Role.Api).Order(), (await keys.AskerOf(make))!.Permissions.Order());
        // A key makes no keys.
        await Assert.ThrowsAsync<ModelException>(() => Asker.As(li with { Session = null }, () => keys.Make("more", [Permission.See], null)));

        await As(_li, async () => await Done(keys.Revoke((await keys.List(_li.Id, default)).Single(x => x.Name == "plugin").Id)));
        Assert.Equal(HttpStatusCode.Unauthorized, await Get(With(make), "/v1/models"));
        await using var db = await _team.Service<IDbContextFactory<HistoryDb>>().CreateDbContextAsync();
        Assert.DoesNotContain(await db.ApiKeys.Select(x => x.KeyHash + x.Ending).ToListAsync(), x => x.Contains(make, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Look_through_anothers_eyes_is_marked_written_down_and_changes_nothing()
    {
        var browser = await _team.SignedIn("Mira");
        using (var look = await browser.PostAsync("/look", new FormUrlEncodedContent([new("person", _li.Id)])))
        {
            Assert.Equal("/gallery", look.Headers.Location?.OriginalString);
        }

        var html = await browser.GetStringAsync("/gallery");
        Assert.Contains("through the eyes of <b>Li</b>", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync("/uploads", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync("/look", new FormUrlEncodedContent([new("person", _li.Id)]))).StatusCode);
        (await browser.PostAsync("/look/end", null)).Dispose();
        Assert.DoesNotContain("through the eyes", await browser.GetStringAsync("/gallery"), StringComparison.Ordinal);
        var log = await As(_mira, () => _team.Service<AuditLog>().Latest(null, 10, default));
        Assert.Equal([AuditAction.LookedAsEnded, AuditAction.LookedAs], log.Where(x => x.Name == "Mira").Take(2).Select(x => x.Action));
        Assert.All(log.Take(2), x => Assert.Equal("Li", x.Subject));
    }

    [Fact]
    public async Task No_secret_reaches_the_log()
    {
        var lines = new ConcurrentBag<string>();
        using var provider = new Lines(lines);
        _team.Service<ILoggerFactory>().AddProvider(provider);
        var invitation = await _team.Service<Invitations>().Invite(Role.Member, null);
        (await _team.Browser().GetAsync($"/join/{invitation}")).Dispose();
        var key = await Asker.As(Sessions.Of(_li) with { Session = Guid.NewGuid() }, () => _team.Service<ApiKeys>().Make("plugin", [Permission.See], null));
        await Get(With(key), "/v1/models");
        var reset = await As(_mira, () => _team.Service<People>().ResetToken(_li.Id));
        (await _team.Browser().GetAsync(Doors.Reset(_li.Id, reset))).Dispose();
        await _team.SignedIn("Li");
        foreach (var secret in (string[])[invitation, key, Secret.Hash(key), Uri.EscapeDataString(reset), TeamStudio.Password, _li.PasswordHash!])
        {
            Assert.DoesNotContain(lines, x => x.Contains(secret, StringComparison.Ordinal));
        }
    }

    private static async Task<HttpStatusCode> Get(HttpClient browser, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await browser.SendAsync(request);
        return answer.StatusCode;
    }

    private static Task<T> As<T>(PersonRow person, Func<Task<T>> work) => Asker.As(Sessions.Of(person), work);

    private static async Task<bool> Done(Task work)
    {
        await work;
        return true;
    }

    private HttpClient With(string key)
    {
        var client = _team.Browser();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    private sealed class Lines(ConcurrentBag<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
            // Nothing to let go of.
        }
    }
}
