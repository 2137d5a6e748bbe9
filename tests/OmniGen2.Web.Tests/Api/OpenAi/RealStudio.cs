using System.Diagnostics;
using System.Text.Json;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Tests.Api.OpenAi;

/// <summary>The studio over the checkpoint that ships with it, on a real port.</summary>
public sealed class RealStudio : IAsyncLifetime
{
    private readonly WebStudio _studio = new(_ => OmniGen2Pipeline.Load(Path.Combine(RepositoryRoot.Path, new ModelOptions().Path)));

    public JobQueue Queue => _studio.Queue;

    public ImageStore Images => _studio.Images;

    /// <summary>Without a slash at its end.</summary>
    public string Address { get; private set; } = "";

    public Task InitializeAsync()
    {
        _studio.UseKestrel(0);
        _studio.StartServer();
        Address = _studio.Address.ToString().TrimEnd('/');
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _studio.DisposeAsync();

    /// <summary>What one story of tests/clients/openai.cjs came to.</summary>
    public Task<JsonElement> Tell(string story) => Node("openai.cjs", story);

    /// <summary>What a program of tests/clients printed.</summary>
    public async Task<JsonElement> Node(string program, params string[] arguments)
    {
        ClientFactAttribute.Check();
        var node = Path.Combine(AppContext.BaseDirectory, ".playwright", "node", "linux-x64", "node");
        var script = Path.Combine(RepositoryRoot.Path, "tests", "clients", program);
        return JsonSerializer.Deserialize<JsonElement>(await Run(node, [script, Address, .. arguments]));
    }

    /// <returns>What the program wrote; one that fails fails the test, with all it said.</returns>
    public static async Task<string> Run(string program, IReadOnlyList<string> arguments, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? RepositoryRoot.Path };
        start.Environment["NODE_PATH"] = Path.Combine(RepositoryRoot.Path, "artifacts", "clients", "node_modules");
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}\n{await errors}{await output}");
        return await output;
    }
}

[CollectionDefinition(Name)]
public sealed class ClientTests : ICollectionFixture<RealStudio>
{
    public const string Name = "clients";
}
