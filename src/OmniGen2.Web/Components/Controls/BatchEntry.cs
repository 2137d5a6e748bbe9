using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Components.Controls;

/// <summary>One of the pictures that were asked for together.</summary>
/// <param name="Id">Of the job and of its picture.</param>
/// <param name="Number">Which of them, from 1.</param>
/// <param name="Count">How many were asked for.</param>
/// <param name="Job">While the queue remembers it.</param>
/// <param name="Picture">When there is one.</param>
public sealed record BatchEntry(Guid Id, int Number, int Count, Job? Job, PictureRow? Picture)
{
    /// <summary>Ended without a picture.</summary>
    public bool IsOver => Picture is null && Job?.Latest is null or { IsFinal: true };

    /// <summary>There is something to look at.</summary>
    public bool IsShown => Picture is not null || Job?.Latest is JobUpdate.Working or JobUpdate.Failed;

    /// <summary>Address of what there is to see.</summary>
    public string? Image => Picture is not null ? Links.Thumbnail(Picture.Id)
        : Job?.Latest is JobUpdate.Working { Preview: > 0 } work ? Links.Preview(Job.Id, work.Preview) : null;

    /// <summary>As it goes on after its name.</summary>
    public string State => (Picture, Job?.Latest) switch
    {
        ({ IsPartial: true }, _) => ", stopped early",
        ({ }, _) => "",
        (_, JobUpdate.Working) => ", running",
        (_, JobUpdate.Queued) => ", waiting",
        (_, JobUpdate.Failed) => ", failed",
        _ => ", skipped",
    };

    /// <summary>All of a batch, in order. Their seeds follow each other, which tells the numbers of those whose jobs are forgotten.</summary>
    /// <param name="jobs">Those that the queue remembers.</param>
    /// <param name="pictures">Those that were made.</param>
    public static IReadOnlyList<BatchEntry> Of(IReadOnlyList<Job> jobs, IReadOnlyList<PictureRow> pictures)
    {
        var first = jobs.Select(FirstSeed).Concat(pictures.Select(x => x.Seed)).DefaultIfEmpty().Min();
        var numbers = jobs.Select(x => (x.Id, x.Picture!.Number)).Concat(pictures.Select(x => (x.Id, (int)(x.Seed - first) + 1))).DistinctBy(x => x.Id).OrderBy(x => x.Item2).ToList();
        var count = jobs.Select(x => x.Picture!.Count).Concat(numbers.Select(x => x.Item2)).DefaultIfEmpty().Max();
        return [.. numbers.Select(x => new BatchEntry(x.Id, x.Item2, count, jobs.FirstOrDefault(j => j.Id == x.Id), pictures.FirstOrDefault(p => p.Id == x.Id)))];
    }

    private static long FirstSeed(Job job) => job.Picture!.Generation.Seed - (job.Picture.Number - 1);
}
