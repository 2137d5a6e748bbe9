using System.Text.Json;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Jobs;

/// <summary>What people asked for before, in their own words.</summary>
public sealed class PromptHistory(JobStore rows)
{
    // Many starts repeat the words of the one before.
    private const int Looked = 300;

    /// <summary>Different prompts, the newest first.</summary>
    /// <param name="kind">For which kind of picture.</param>
    /// <param name="owner">Whose; null where the studio has no accounts.</param>
    /// <param name="count">At most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<string>> Latest(PictureKind kind, string? owner, int count, CancellationToken cancellationToken)
    {
        var requests = await rows.LatestRequests(JobKind.Picture, owner, Looked, cancellationToken);
        return [.. requests.Select(Read).OfType<PictureRequest>().Where(x => x.KindOfPicture == kind).Select(x => x.Written ?? x.Words).Distinct().Take(count)];
    }

    private static JobRequest? Read(string json)
    {
        try
        {
            return RequestJson.Read(json);
        }
        catch (Exception error) when (error is JsonException or ModelException)
        {
            // Of another version; it cannot be run again either.
            return null;
        }
    }
}
