using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Api.Rest;

/// <summary>Settings and styles under names of one's own, the same that the pages offer.</summary>
internal static class PresetsApi
{
    public static void MapPresets(this IEndpointRouteBuilder presets)
    {
        presets.MapGet("", List).WithSummary("One's presets, by name. Settings with a prompt make a job; a style's words go around a prompt.");
        presets.MapPost("", Save).WithSummary("Saves settings, or the words of a style, under a name; what stood under it is replaced.");
        presets.MapPatch("/{preset:guid}", Rename).WithSummary("Gives one another name.");
        presets.MapDelete("/{preset:guid}", Delete).WithSummary("Deletes one for good.");
    }

    private static async Task<Ok<IReadOnlyList<PresetView>>> List(PresetStore presets, CancellationToken cancellationToken) =>
        TypedResults.Ok<IReadOnlyList<PresetView>>([.. (await presets.List(owner: null, cancellationToken)).Select(PresetView.Of)]);

    private static async Task<Ok<PresetView>> Save([FromBody] PresetOrder order, PresetStore presets, JobTaker taker, CancellationToken cancellationToken)
    {
        if ((order.Settings is null) == (order.Words is null))
        {
            throw new ModelException("A preset is settings or words: send one of them.");
        }

        if (order.Words is { } words && string.IsNullOrWhiteSpace(words))
        {
            throw new ModelException("A style needs words, for example: a watercolour of {prompt}, soft light.");
        }

        var (kind, content) = order.Settings is { } settings
            ? (PresetKind.Settings, KeptSettings.Of(settings, await taker.Loaded(cancellationToken)).ToJson())
            : (PresetKind.Style, order.Words!.Trim());
        var (row, _) = await presets.Save(kind, order.Name ?? "", content, owner: null, cancellationToken);
        return TypedResults.Ok(PresetView.Of(row));
    }

    private static async Task<NoContent> Rename(Guid preset, [FromBody] PresetName wanted, PresetStore presets, CancellationToken cancellationToken)
    {
        await Check(preset, presets, cancellationToken);
        await presets.Rename(preset, wanted.Name ?? "", cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Delete(Guid preset, PresetStore presets, CancellationToken cancellationToken)
    {
        await Check(preset, presets, cancellationToken);
        await presets.Delete(preset, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task Check(Guid preset, PresetStore presets, CancellationToken cancellationToken)
    {
        if ((await presets.List(owner: null, cancellationToken)).All(x => x.Id != preset))
        {
            throw new RestFault(StatusCodes.Status404NotFound, $"There is no preset {preset}: GET /api/presets lists those there are.");
        }
    }
}

/// <summary>Settings, or the words of a style.</summary>
public sealed record PresetOrder(string Name)
{
    /// <summary>As in a job; its words and pictures do not count, and what is left out is the model's own.</summary>
    public JobOrder? Settings { get; init; }

    /// <summary>Where {prompt} stands, the prompt goes; without it, the prompt goes before them.</summary>
    public string? Words { get; init; }
}

public sealed record PresetName(string Name);

/// <summary>A preset as programs see it; settings that this version cannot read are missing.</summary>
public sealed record PresetView(Guid Id, PresetKind Kind, string Name, JobOrder? Settings, string? Words, DateTimeOffset CreatedAt)
{
    public static PresetView Of(PresetRow row) => new(
        row.Id, row.Kind, row.Name,
        row.Kind == PresetKind.Settings ? KeptSettings.Read(row.Content)?.ToOrder() : null,
        row.Kind == PresetKind.Style ? row.Content : null,
        row.CreatedAt);
}
