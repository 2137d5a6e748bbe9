using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Tests.Team;

/// <summary>The whole application with accounts, and browsers of people in it.</summary>
internal sealed partial class TeamStudio : IAsyncDisposable
{
    public const string Password = "a correct horse battery";

    private readonly WebStudio _studio;

    public TeamStudio(FakePipeline? pipeline = null, TemporaryFolder? folder = null, params (string Name, string Value)[] settings) =>
        _studio = new WebStudio(pipeline ?? new FakePipeline(), folder, [("Team:Accounts", "true"), .. settings]);

    public WebStudio Studio => _studio;

    public T Service<T>()
        where T : notnull => _studio.Services.GetRequiredService<T>();

    public static string Email(string name) => $"{name.ToLowerInvariant().Replace(' ', '.')}@studio.lan";

    public Task<PersonRow> Add(string name, Role role, PersonState state = PersonState.Active) => Service<People>().Add(new NewPerson(name, Email(name), Password), role, state);

    /// <summary>Gives the studio a real port; before anything else is asked of it.</summary>
    public Uri Listen()
    {
        _studio.UseKestrel(0);
        _studio.StartServer();
        return _studio.Address;
    }

    /// <summary>A browser over the network, of somebody who is signed in.</summary>
    /// <param name="address">Of <see cref="Listen"/>.</param>
    /// <param name="name">Null: of nobody.</param>
    public static async Task<(HttpClient Http, CookieContainer Cookies)> Remote(Uri address, string? name)
    {
        var cookies = new CookieContainer();
        var browser = new HttpClient(new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = address };
        if (name is not null)
        {
            using var answer = await SignIn(browser, name);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }

        return (browser, cookies);
    }

    /// <summary>A browser that follows nothing by itself and keeps its cookies.</summary>
    public HttpClient Browser() => _studio.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    /// <summary>A browser of somebody who is signed in.</summary>
    public async Task<HttpClient> SignedIn(string name)
    {
        var browser = Browser();
        using var answer = await SignIn(browser, name);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    public static Task<HttpResponseMessage> SignIn(HttpClient browser, string name, string password = Password, string to = "") =>
        Fill(browser, $"/sign-in{(to.Length == 0 ? "" : $"?to={Uri.EscapeDataString(to)}")}", "sign-in", ("Form.Email", Email(name)), ("Form.Password", password), ("Form.Stays", "true"));

    /// <summary>Fills the form of a page as a browser does, its token included.</summary>
    public static async Task<HttpResponseMessage> Fill(HttpClient browser, string page, string form, params (string Name, string Value)[] fields)
    {
        var html = await browser.GetStringAsync(page);
        var token = Token().Match(html).Groups[1].Value;
        return await browser.PostAsync(page, new FormUrlEncodedContent(
            fields.Append(("_handler", form)).Append(("__RequestVerificationToken", token)).Select(x => new KeyValuePair<string, string>(x.Item1, x.Item2))));
    }

    public async ValueTask DisposeAsync() => await _studio.DisposeAsync();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
