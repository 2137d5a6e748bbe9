using Microsoft.AspNetCore.Http.HttpResults;
using OmniGen2.Imaging;
using OmniGen2.Imaging.Recall;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.Rest;

/// <summary>How pictures were made, as requests that make them again.</summary>
internal static class SettingsApi
{
    public static void MapSettings(this IEndpointRouteBuilder api)
    {
        api.MapGet("/pictures/{id:guid}/settings", OfPicture).WithSummary("The request that leads to a picture of this studio again: POST it to /api/jobs.");
        api.MapPost("/settings", OfFile).Accepts<byte[]>("image/png")
            .WithSummary("What a PNG file of this studio, A1111, ComfyUI, SwarmUI or InvokeAI says about its making.");
    }

    private static async Task<Ok<JobOrder>> OfPicture(Guid id, JobIntake intake, CancellationToken cancellationToken)
    {
        var request = await intake.RequestOf(id, cancellationToken);
        var drawn = request.Generation;
        return TypedResults.Ok(new JobOrder
        {
            Prompt = drawn.Prompt,
            NegativePrompt = drawn.NegativePrompt,
            Pictures = [.. request.References.Select(x => x.Picture)],
            Width = drawn.AlignToReference && request.References.Count == 1 ? null : drawn.Width,
            Height = drawn.AlignToReference && request.References.Count == 1 ? null : drawn.Height,
            Steps = drawn.Steps,
            TextGuidance = drawn.TextGuidance,
            ImageGuidance = drawn.ImageGuidance,
            CfgStart = drawn.CfgStart,
            CfgEnd = drawn.CfgEnd,
            Scheduler = drawn.Scheduler,
            Shortcut = drawn.Cache is null ? null : Shortcuts.Of(drawn.Cache),
            Seed = drawn.Seed,
        });
    }

    private static async Task<Ok<RecalledSettings>> OfFile(HttpRequest request, CancellationToken cancellationToken)
    {
        var file = await ImageFile.ReadAsync(request.Body, cancellationToken: cancellationToken);
        return TypedResults.Ok(RecalledSettings.From(file) ?? throw new ModelException("The file says nothing about how it was made: send the PNG as the other program wrote it."));
    }
}
