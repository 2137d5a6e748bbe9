using System.Diagnostics;

namespace OmniGen2.Web.Tests.Api.OpenAi;

/// <summary>A test that needs the client programs of tests/clients. Where their registry cannot be reached it is skipped, and says so.</summary>
public sealed class ClientFactAttribute : FactAttribute
{
    private const int Unreachable = 3;

    private static readonly Lazy<(int Code, string Said)> Installed = new(Install);

    public ClientFactAttribute() => Skip = Installed.Value is (Unreachable, var said) ? said : null;

    /// <summary>Fails where the installation broke for another reason.</summary>
    public static void Check() => Assert.True(Installed.Value.Code == 0, Installed.Value.Said);

    private static (int, string) Install()
    {
        var script = Path.Combine(RepositoryRoot.Path, "tests", "clients", "install.sh");
        using var process = Process.Start(new ProcessStartInfo("bash", [script]) { RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEnd().Trim();
        process.WaitForExit();
        return (process.ExitCode, said);
    }
}
