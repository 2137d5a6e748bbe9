using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Components.Pages.Queue;

/// <summary>Jobs that stand together in the waiting list: one, or what is left of a batch.</summary>
public sealed record QueueEntry(IReadOnlyList<Job> Jobs)
{
    private const int LongestWords = 60;

    public Job First => Jobs[0];

    /// <summary>Stays the same while the entry moves and shrinks.</summary>
    public Guid Key => First.Batch ?? First.Id;

    public string Title => TitleOf(First.Request, Jobs.Count);

    /// <summary>All of the queue as people see it, what is at work first: a batch is one entry with the picture that is at work.</summary>
    public static IReadOnlyList<QueueEntry> All(QueueState state) => [.. state.AtWork.Concat(state.Waiting).GroupBy(x => x.Batch ?? x.Id).Select(x => new QueueEntry([.. x]))];

    /// <summary>The waiting list as people see it: a batch is one entry, though others take their turns between its pictures.</summary>
    public static IReadOnlyList<QueueEntry> Of(QueueState state) => [.. state.Waiting.GroupBy(x => x.Batch ?? x.Id).Select(x => new QueueEntry([.. x]))];

    public static string TitleOf(JobRequest request, int count = 1) => (request, count) switch
    {
        (AnswerRequest { Thread: null }, _) => "Words for a prompt",
        (AnswerRequest, _) => "Answer",
        (PictureRequest picture, 1) => KindOf(picture),
        (PictureRequest picture, _) => $"{KindOf(picture)}, {count} pictures",
        _ => "Job",
    };

    /// <summary>Where it stands, why it does not run yet, and when it will.</summary>
    /// <param name="state">Of the queue.</param>
    /// <param name="modelIsReady">Jobs can run.</param>
    /// <param name="reason">Of that state.</param>
    public string Reason(QueueState state, bool modelIsReady, WaitReason reason) =>
        (state.IsHalted, state.MayRun(First), modelIsReady) switch
        {
            (true, _, _) => "Waits until the queue goes on.",
            (_, false, _) => Asker.Current.Owns(First.Owner) ? "Waits until you go on." : "Waits until its person goes on.",
            (_, _, false) => "Waits until the model is there.",
            _ => $"{reason.Why(First)} {reason.When(Jobs)}".TrimEnd(),
        } + Done();

    public static string Short(string words) => words.Length <= LongestWords ? words : $"{words[..(LongestWords - 1)].TrimEnd()}…";

    private static string KindOf(PictureRequest picture) => picture.KindOfPicture switch
    {
        PictureKind.Edited => "Edit",
        PictureKind.Composed => $"Composition of {picture.References.Count}",
        PictureKind.Answered => "Picture for a conversation",
        PictureKind.Step => "Step of a picture",
        _ => "Picture",
    };

    private string Done() => First.Latest is JobUpdate.Queued { Step: > 0 } done ? $" Goes on from step {done.Step} of {done.Steps}." : "";
}
