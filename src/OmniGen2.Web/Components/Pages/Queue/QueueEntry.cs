using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Components.Pages.Queue;

/// <summary>Jobs that stand together in the waiting list: one, or what is left of a batch.</summary>
public sealed record QueueEntry(IReadOnlyList<Job> Jobs)
{
    private const int LongestWords = 60;

    public Job First => Jobs[0];

    /// <summary>Stays the same while the entry moves and shrinks.</summary>
    public Guid Key => First.Batch ?? First.Id;

    public string Title => TitleOf(First.Request, Jobs.Count);

    /// <summary>The waiting list as people see it.</summary>
    public static IReadOnlyList<QueueEntry> Of(QueueState state)
    {
        var entries = new List<List<Job>>();
        foreach (var job in state.Waiting)
        {
            if (entries is [.., var last] && job.Batch is { } batch && last[0].Batch == batch)
            {
                last.Add(job);
            }
            else
            {
                entries.Add([job]);
            }
        }

        return [.. entries.Select(x => new QueueEntry(x))];
    }

    public static string TitleOf(JobRequest request, int count = 1) => (request, count) switch
    {
        (AnswerRequest { Thread: null }, _) => "Words for a prompt",
        (AnswerRequest, _) => "Answer",
        (PictureRequest picture, 1) => KindOf(picture),
        (PictureRequest picture, _) => $"{KindOf(picture)}, {count} pictures",
        _ => "Job",
    };

    /// <summary>Where it stands and why it does not run yet, in one sentence.</summary>
    /// <param name="state">Of the queue.</param>
    /// <param name="modelIsReady">Jobs can run.</param>
    public string Reason(QueueState state, bool modelIsReady)
    {
        var ahead = state.Ahead(First) ?? 0;
        return (state, modelIsReady, ahead) switch
        {
            ({ IsHalted: true }, _, _) => "Waits until the queue goes on.",
            (_, false, _) => "Waits until the model is there.",
            (_, _, 0) => "Starts now.",
            (_, _, 1) when state.Running is { } running => $"Next, after “{Short(running.Words)}”.",
            (_, _, 1) => "Next.",
            _ => $"{ahead + 1}{Ending(ahead + 1)}, after {ahead} others.",
        } + Done();
    }

    public static string Short(string words) => words.Length <= LongestWords ? words : $"{words[..(LongestWords - 1)].TrimEnd()}…";

    private static string KindOf(PictureRequest picture) => picture.KindOfPicture switch
    {
        PictureKind.Edited => "Edit",
        PictureKind.Composed => $"Composition of {picture.References.Count}",
        PictureKind.Answered => "Picture for a conversation",
        PictureKind.Step => "Step of a picture",
        _ => "Picture",
    };

    private static string Ending(int number) => (number % 100 is >= 11 and <= 13 ? 0 : number % 10) switch
    {
        1 => "st",
        2 => "nd",
        3 => "rd",
        _ => "th",
    };

    private string Done() => First.Latest is JobUpdate.Queued { Step: > 0 } done ? $" Goes on from step {done.Step} of {done.Steps}." : "";
}
