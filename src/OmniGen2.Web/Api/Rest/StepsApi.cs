using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OmniGen2.Web.Api.OpenAi;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.Rest;

/// <summary>How a picture came to be: the steps, from which can be gone on, and the rounds of one that checked itself.</summary>
internal static class StepsApi
{
    public static void MapSteps(this IEndpointRouteBuilder pictures)
    {
        pictures.MapGet("/{id:guid}/steps", Find).WithSummary("How many steps it took, the film of them, and those from which can be gone on.");
        pictures.MapPost("/{id:guid}/steps/{step}/keep", Keep).WithSummary("Makes a picture of a step, as it was.");
        pictures.MapPost("/{id:guid}/steps/{step}/go-on", GoOn).WithSummary("Draws on from a step with other words or guidance; with the same ones the same picture comes out.");
        pictures.MapGet("/{id:guid}/rounds", Rounds).WithSummary("What the judge said in each round of a picture that checked itself; empty for any other.");
    }

    private static async Task<Ok<StepsView>> Find(Guid id, ImageStore images, StepStore steps, CancellationToken cancellationToken)
    {
        var film = steps.FilmOf(await images.Require(id, cancellationToken));
        return TypedResults.Ok(new StepsView(film?.Steps, film is null ? null : Links.Film(id), steps.StatesOf(id)));
    }

    private static async Task<Accepted<JobView>> Keep(Guid id, int step, HttpContext context, ImageStore images, JobQueue queue, JobReader reader, CancellationToken cancellationToken)
    {
        await images.Require(id, cancellationToken);
        return await reader.Taken(await queue.KeepStep(id, step, ApiAccess.OwnerOf(context), cancellationToken), cancellationToken);
    }

    private static async Task<Accepted<JobView>> GoOn(
        Guid id, int step, [FromBody] StepChange change, HttpContext context, ImageStore images, JobQueue queue, JobReader reader, CancellationToken cancellationToken)
    {
        await images.Require(id, cancellationToken);
        return await reader.Taken(await queue.GoOn(id, step, change.Of, ApiAccess.OwnerOf(context), cancellationToken), cancellationToken);
    }

    private static async Task<Ok<IReadOnlyList<RoundView>>> Rounds(Guid id, ImageStore images, VerdictStore verdicts, CancellationToken cancellationToken)
    {
        await images.Require(id, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<RoundView>>([.. (await verdicts.RoundsWith(id, cancellationToken)).Select(RoundView.Of)]);
    }
}

/// <summary>The steps of a picture.</summary>
/// <param name="Steps">How many; missing where nothing is known of them.</param>
/// <param name="Film">Where a small frame of each lies, all in one file.</param>
/// <param name="Kept">From these can be gone on, for a time.</param>
public sealed record StepsView(int? Steps, string? Film, IReadOnlyList<int> Kept);

/// <summary>What is to be different from a step on; what is left out stays.</summary>
public sealed record StepChange
{
    public string? Prompt { get; init; }

    public string? NegativePrompt { get; init; }

    public double? TextGuidance { get; init; }

    public double? ImageGuidance { get; init; }

    internal GenerationRequest Of(GenerationRequest asked) => asked with
    {
        Prompt = Prompt?.Trim() ?? asked.Prompt,
        NegativePrompt = NegativePrompt?.Trim() ?? asked.NegativePrompt,
        TextGuidance = TextGuidance ?? asked.TextGuidance,
        ImageGuidance = ImageGuidance ?? asked.ImageGuidance,
    };
}

/// <summary>A round of a picture that checked itself.</summary>
/// <param name="Picture">What was looked at.</param>
/// <param name="Round">1 is the first.</param>
/// <param name="Score">Of 25; missing where the judge could not say.</param>
/// <param name="Words">What is wrong, or why the judge could not say.</param>
/// <param name="Repair">An instruction that would mend it.</param>
/// <param name="Rewording">The request in other words.</param>
/// <param name="Judge">Who said it.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="IsBest">The best round so far.</param>
public sealed record RoundView(Guid Picture, int Round, double? Score, string Words, string? Repair, string? Rewording, string Judge, double Milliseconds, bool IsBest)
{
    public static RoundView Of(VerdictRow row) => new(row.PictureId, row.Round, row.Score, row.Words, row.Repair, row.Rewording, row.Judge, row.Milliseconds, row.IsBest);
}
