using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace OmniGen2.Web.Hosting;

/// <summary>Runs the studio, and when it cannot start says why in one last sentence.</summary>
public static class StudioRun
{
    private const int Failed = 1;

    /// <returns>The exit code.</returns>
    public static int RunOrExplain(this WebApplication app) => Explain(() => app.Run());

    /// <summary>Does something, and when it cannot be done says why in one last sentence.</summary>
    /// <returns>The exit code.</returns>
    internal static int Explain(Action work)
    {
        try
        {
            work();
            return 0;
        }
        catch (Exception error) when (Sentence(error) is { } sentence)
        {
            Console.Error.WriteLine(sentence);
            return Failed;
        }
    }

    private static string? Sentence(Exception error) => error switch
    {
        ModelException => error.Message,
        OptionsValidationException settings => string.Join('\n', settings.Failures),
        IOException { InnerException: AddressInUseException } => $"{error.Message} Choose another port: ./run.sh --port 7861.",
        _ => null,
    };
}
