namespace OmniGen2.Web.Api.OpenAi;

/// <summary>The one model there is, for clients that ask before they begin.</summary>
internal static class ModelsApi
{
    public static void MapModels(this IEndpointRouteBuilder api)
    {
        api.MapGet("/models", List).WithSummary("The one model there is.");
        api.MapGet("/models/{name}", Find).WithSummary("The model of that name.");
    }

    private static async Task<IResult> List(ClientJobs jobs, CancellationToken cancellationToken) =>
        OpenAiJson.Result(new ModelList("list", [ModelEntry.Of(await jobs.Model(null, cancellationToken))]));

    private static async Task<IResult> Find(string name, ClientJobs jobs, CancellationToken cancellationToken) =>
        OpenAiJson.Result(ModelEntry.Of(await jobs.Model(name, cancellationToken)));
}

internal sealed record ModelList(string Object, IReadOnlyList<ModelEntry> Data);

/// <param name="Id">The checkpoint's name.</param>
/// <param name="Object">Always "model".</param>
/// <param name="Created">When its folder was last changed, in seconds since 1970.</param>
/// <param name="OwnedBy">Who made it, as far as the studio knows.</param>
internal sealed record ModelEntry(string Id, string Object, long Created, string OwnedBy)
{
    public static ModelEntry Of(ModelInfo model)
    {
        var changed = Directory.Exists(model.Path) ? Directory.GetLastWriteTimeUtc(model.Path) : DateTime.UnixEpoch;
        return new ModelEntry(model.Name, "model", new DateTimeOffset(changed).ToUnixTimeSeconds(), "omnigen2-studio");
    }
}
