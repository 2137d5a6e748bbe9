using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.Rest;

/// <summary>Conversations: begun, gone on with, searched, read, renamed, taken along, thrown away and brought back.</summary>
internal static class ThreadsApi
{
    private const int UsualPage = 50;
    private const int LargestPage = 200;
    private const int LongestText = 20_000;
    private const int MostPictures = 5;

    public static void MapThreads(this IEndpointRouteBuilder threads)
    {
        threads.MapGet("", List).WithSummary("Threads whose title or messages hold the words of `search`, the last one spoken in first.");
        threads.MapPost("", Begin).WithSummary("Begins a thread with a message; the job is the answer.");
        threads.MapGet("/{thread:guid}", Find).WithSummary("A thread with its messages.");
        threads.MapPatch("/{thread:guid}", Rename).WithSummary("Gives it another title.");
        threads.MapDelete("/{thread:guid}", Trash).WithSummary("Moves it to the trash.");
        threads.MapPost("/{thread:guid}/restore", Restore).WithSummary("Takes it out of the trash.");
        threads.MapGet("/{thread:guid}/export", Export).Produces<string>(StatusCodes.Status200OK, "text/markdown").WithSummary("The thread as a Markdown file.");
        threads.MapPost("/{thread:guid}/messages", Say).WithSummary("Says something more; the job is the answer.");
        threads.MapDelete("/{thread:guid}/messages/{message:guid}", TakeBack).WithSummary("Takes back a message and all that was said after it.");
        threads.MapPost("/{thread:guid}/answer", Answer).WithSummary("Asks for an answer to what was said last, for instance after taking one back.");
    }

    private static async Task<Ok<IReadOnlyList<ThreadView>>> List(string? search, int? limit, ThreadStore threads, CancellationToken cancellationToken) =>
        TypedResults.Ok<IReadOnlyList<ThreadView>>(
            [.. (await threads.List(search ?? "", Math.Clamp(limit ?? UsualPage, 1, LargestPage), cancellationToken)).Select(ThreadView.Of)]);

    private static Task<Accepted<AskedView>> Begin(
        [FromBody] SaidMessage said, ThreadStore threads, ThreadAnswers answers, ImageStore images, JobTaker taker, JobReader reader, CancellationToken cancellationToken) =>
        Said(Guid.NewGuid(), said, threads, answers, images, taker, reader, cancellationToken);

    private static async Task<Accepted<AskedView>> Say(
        Guid thread, [FromBody] SaidMessage said, ThreadStore threads, ThreadAnswers answers, ImageStore images, JobTaker taker, JobReader reader, CancellationToken cancellationToken)
    {
        await Row(thread, threads, cancellationToken);
        return await Said(thread, said, threads, answers, images, taker, reader, cancellationToken);
    }

    private static async Task<Accepted<AskedView>> Said(
        Guid thread, SaidMessage said, ThreadStore threads, ThreadAnswers answers, ImageStore images, JobTaker taker, JobReader reader, CancellationToken cancellationToken)
    {
        if (said.Text?.Trim() is not { Length: > 0 and <= LongestText } text)
        {
            throw new ModelException($"The text is empty or longer than {LongestText} characters: say something shorter.");
        }

        var pictures = said.Pictures ?? [];
        if (pictures.Count > MostPictures)
        {
            throw new ModelException($"{pictures.Count} pictures are more than a message takes: show at most {MostPictures}.");
        }

        await images.Require(pictures, cancellationToken);
        // What is said stays said, so it waits until somebody can answer.
        await taker.Loaded(cancellationToken);
        await threads.Say(thread, text, pictures, owner: null, cancellationToken);
        return await Asked(thread, answers, reader, cancellationToken);
    }

    private static async Task<Accepted<AskedView>> Answer(Guid thread, ThreadStore threads, ThreadAnswers answers, JobTaker taker, JobReader reader, CancellationToken cancellationToken)
    {
        await Row(thread, threads, cancellationToken);
        await taker.Loaded(cancellationToken);
        return await Asked(thread, answers, reader, cancellationToken);
    }

    private static async Task<Accepted<AskedView>> Asked(Guid thread, ThreadAnswers answers, JobReader reader, CancellationToken cancellationToken)
    {
        var job = await answers.Ask(thread, isAgain: false, cancellationToken);
        return TypedResults.Accepted($"/api/jobs/{job.Id}", new AskedView(thread, await reader.Find(job.Id, cancellationToken)));
    }

    private static async Task<Ok<ThreadDetails>> Find(Guid thread, ThreadStore threads, CancellationToken cancellationToken)
    {
        var row = await Row(thread, threads, cancellationToken);
        return TypedResults.Ok(new ThreadDetails(ThreadView.Of(row), [.. (await threads.Messages(thread, cancellationToken)).Select(MessageView.Of)]));
    }

    private static async Task<FileContentHttpResult> Export(Guid thread, HttpRequest request, ThreadStore threads, CancellationToken cancellationToken)
    {
        var row = await Row(thread, threads, cancellationToken);
        var text = ThreadMarkdown.Of(row, await threads.Messages(thread, cancellationToken), $"{request.Scheme}://{request.Host}");
        return TypedResults.Bytes(System.Text.Encoding.UTF8.GetBytes(text), "text/markdown; charset=utf-8", FileName.Of(row.Title, row.Id, "thread") + ".md");
    }

    private static async Task<NoContent> Rename(Guid thread, [FromBody] ThreadTitle wanted, ThreadStore threads, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(wanted.Title))
        {
            throw new ModelException("A thread needs a title: say in title what it is about.");
        }

        return Known(thread, await threads.Rename(thread, wanted.Title, cancellationToken));
    }

    private static async Task<NoContent> Trash(Guid thread, ThreadStore threads, CancellationToken cancellationToken)
    {
        await Row(thread, threads, cancellationToken);
        return Known(thread, await threads.Delete(thread, cancellationToken));
    }

    private static async Task<NoContent> Restore(Guid thread, ThreadStore threads, CancellationToken cancellationToken) =>
        Known(thread, await threads.Restore(thread, cancellationToken));

    private static async Task<NoContent> TakeBack(Guid thread, Guid message, ThreadStore threads, CancellationToken cancellationToken)
    {
        await Row(thread, threads, cancellationToken);
        var first = (await threads.Messages(thread, cancellationToken)).FirstOrDefault(x => x.Row.Id == message)
            ?? throw new RestFault(StatusCodes.Status404NotFound, $"There is no message {message} in this thread.");
        await threads.TakeBack(thread, first.Row.Place, cancellationToken);
        return TypedResults.NoContent();
    }

    private static NoContent Known(Guid thread, bool isKnown) => isKnown ? TypedResults.NoContent() : throw None(thread);

    private static async Task<ThreadRow> Row(Guid thread, ThreadStore threads, CancellationToken cancellationToken) => await threads.Find(thread, cancellationToken) ?? throw None(thread);

    private static RestFault None(Guid thread) => new(StatusCodes.Status404NotFound, $"There is no thread {thread}: GET /api/threads lists those there are.");
}
