using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using OmniGen2.Web.Team;
using OmniGen2.Web.Tests.Api.OpenAi;
using OmniGen2.Web.Tests.Team;
using Xunit.Abstractions;

namespace OmniGen2.Web.Tests.Fuzz;

/// <summary>
/// Thousands of requests that are almost right, at every route. FUZZ_REQUESTS says how many; FUZZ_SEED brings the same ones again. By itself, since
/// what others hold in memory would count as held by the requests.
/// </summary>
[Collection(Alone)]
public sealed class FuzzTests(ITestOutputHelper output)
{
    public const string Alone = "Fuzz";

    private const int Usual = 10_000;
    private const long MostGrowth = 64L << 20;

    // Passwords are costly to check, by design: of the requests at the doors of a team there are fewer.
    private const int DoorsShare = 10;

    private static int Count => Setting("FUZZ_REQUESTS", Usual);

    private static int Seed => Setting("FUZZ_SEED", 20261121);

    [Fact]
    public async Task No_request_brings_the_studio_down()
    {
        await using var studio = new WebStudio(new FakePipeline(), null, ("Studio:MaxWaiting", "20"), ("Api:MaxBodyMegabytes", "2"));
        using var client = studio.CreateClient(new() { AllowAutoRedirect = false });
        var known = (await studio.Images.AddUpload(Calling.Picture())).Id;
        await Fuzz(client, new RequestMutator(Fuzzer.Routes(studio.Services), known, Seed), Count);
        Assert.Equal(HttpStatusCode.OK, (await studio.Ask("/healthz")).Status);
        var job = (await studio.Call("/v1/images/generations", new { prompt = "after all that", size = "64x64", num_inference_steps = 2 })).Status;
        Assert.True(job is HttpStatusCode.OK or HttpStatusCode.TooManyRequests, job.ToString());
    }

    [Fact]
    public async Task No_request_opens_or_breaks_the_doors_of_a_team()
    {
        await using var single = new WebStudio(new FakePipeline(), null, ("Team:Accounts", "true"), ("Team:SignUp", "approval"), ("Studio:MaxWaiting", "20"));
        await using var studio = single.WithWebHostBuilder(x => x.ConfigureTestServices(services => services.AddSingleton<IStartupFilter, ManyAddresses>()));
        using var nobody = studio.CreateClient(new() { AllowAutoRedirect = false });
        using var admin = studio.CreateClient(new() { AllowAutoRedirect = false });
        await studio.Services.GetRequiredService<People>().Add(new NewPerson("Admin", TeamStudio.Email("Admin"), TeamStudio.Password), Role.Administrator, PersonState.Active);
        (await TeamStudio.SignIn(admin, "Admin")).Dispose();

        var routes = Fuzzer.Routes(studio.Services);
        var asNobody = new RequestMutator(routes, Guid.NewGuid(), Seed) { Forms = await SeenForms.At(nobody) };
        await Fuzz(nobody, asNobody, Count / DoorsShare);
        // Who signs out is out, and would be nobody for the rest.
        await Fuzz(admin, new RequestMutator([.. routes.Where(x => x.Pattern is not ("/sign-out" or "/look" or "/look/end"))], Guid.NewGuid(), Seed), Count / DoorsShare);

        using var refused = await nobody.GetAsync("/api/jobs");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var answered = await admin.GetAsync("/admin");
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        var people = await studio.Services.GetRequiredService<People>().All(default);
        Assert.DoesNotContain(people, x => x.State == PersonState.Active && x.Name != "Admin");
    }

    private async Task Fuzz(HttpClient client, RequestMutator mutator, int count)
    {
        var fuzzer = new Fuzzer(client, mutator);
        await fuzzer.Send(count / 10);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await fuzzer.Send(count - count / 10);
        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        fuzzer.Faults.ForEach(output.WriteLine);
        output.WriteLine($"slowest {fuzzer.Slowest.Time.TotalSeconds:0.0} s: {fuzzer.Slowest.Request}");
        output.WriteLine($"{count} requests, {growth >> 10} KiB more held, {string.Join(", ", fuzzer.Answers.OrderBy(x => x.Key).Select(x => $"{x.Key}: {x.Value}"))}");
        Assert.True(growth < MostGrowth, $"{growth >> 20} MB more are held after {count} requests (seed {Seed}).");
    }

    private static int Setting(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : usual;

    /// <summary>Every request comes from an address of its own, so that the limit of tries from one of them ends nothing.</summary>
    private sealed class ManyAddresses : IStartupFilter
    {
        private int _last;

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) =>
            {
                context.Connection.RemoteIpAddress = new IPAddress(BitConverter.GetBytes(Interlocked.Increment(ref _last)));
                return rest(context);
            });
            next(app);
        };
    }

    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class ByItself;
}
