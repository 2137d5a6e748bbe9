using OmniGen2.Web.History;

namespace OmniGen2.CrashTest;

/// <summary>What a data folder holds.</summary>
/// <param name="Jobs">All rows.</param>
/// <param name="Messages">All rows.</param>
/// <param name="Pictures">Of every picture that was made: a digest of its pixels, null when its file is missing.</param>
/// <param name="Files">Picture files that were made.</param>
internal sealed record Outcome(
    IReadOnlyList<JobRow> Jobs, IReadOnlyList<MessageRow> Messages, IReadOnlyDictionary<Guid, string?> Pictures, int Files)
{
    /// <summary>What a finished job has led to: pixels or words. Null: nothing.</summary>
    public string? ResultOf(JobRow job)
    {
        var message = Messages.FirstOrDefault(x => x.JobId == job.Id);
        return job.Kind is JobKind.Picture or JobKind.Reflection || message?.PictureId is not null
            ? Pictures.GetValueOrDefault(job.Id)
            : message is { Text.Length: > 0 } ? message.Text : null;
    }
}

/// <summary>What the kills have done to the work.</summary>
internal sealed record Verdict(int Lost, int Doubled, int Different)
{
    public bool IsClean => this is { Lost: 0, Doubled: 0, Different: 0 };

    /// <param name="outcome">After the kills.</param>
    /// <param name="undisturbed">Of the same work without any.</param>
    /// <param name="finished">When each job was first seen to be finished.</param>
    /// <param name="tell">Is told about each fault.</param>
    public static Verdict Of(Outcome outcome, Outcome undisturbed, IReadOnlyDictionary<Guid, DateTimeOffset> finished, Action<string> tell)
    {
        var (lost, different) = (0, 0);
        foreach (var expected in undisturbed.Jobs)
        {
            var job = outcome.Jobs.FirstOrDefault(x => x.Id == expected.Id);
            var result = job is { State: JobState.Done } ? outcome.ResultOf(job) : null;
            if (result is null)
            {
                lost++;
                tell($"lost: {job?.Kind} {expected.Id:N} is {job?.State.ToString() ?? "gone"} {job?.Message}");
            }
            else if (result != undisturbed.ResultOf(expected))
            {
                different++;
                tell($"different: {expected.Kind} {expected.Id:N}");
            }
        }

        var again = outcome.Jobs.Count(x => finished.TryGetValue(x.Id, out var at) && x.FinishedAt != at);
        var extra = outcome.Files - outcome.Pictures.Count + outcome.Pictures.Keys.Except(undisturbed.Pictures.Keys).Count()
            + Math.Max(outcome.Messages.Count - undisturbed.Messages.Count, 0);
        if (again + extra > 0)
        {
            tell($"doubled: {again} jobs finished a second time; {outcome.Files} files for {outcome.Pictures.Count} pictures, {outcome.Messages.Count} messages");
        }

        return new Verdict(lost, again + Math.Max(extra, 0), different);
    }
}
