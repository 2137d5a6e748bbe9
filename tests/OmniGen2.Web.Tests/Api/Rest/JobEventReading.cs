using System.Text.Json;
using OmniGen2.Web.Tests.Api.OpenAi;

namespace OmniGen2.Web.Tests.Api.Rest;

/// <summary>The events of a job, read to their end.</summary>
internal static class JobEventReading
{
    public static async Task<IReadOnlyList<ReadEvent>> Events(this WebStudio studio, string job) => Parse((await studio.Ask($"/api/jobs/{job}/events")).Text);

    public static IReadOnlyList<ReadEvent> Parse(string text) => [.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(One)];

    private static ReadEvent One(string text)
    {
        var fields = text.Split('\n').Select(x => x.Split(": ", 2)).ToDictionary(x => x[0], x => x[1]);
        return new ReadEvent(fields["id"], fields["event"], JsonSerializer.Deserialize<JsonElement>(fields["data"]));
    }
}

internal sealed record ReadEvent(string Id, string Name, JsonElement Data);
