namespace OmniGen2.Evaluation.Parity;

/// <summary>Words of the recorded files that stand for something of ours.</summary>
internal static class RecordedNames
{
    public static SchedulerKind Scheduler(RecordedJson name) => name.Text switch
    {
        "euler" => SchedulerKind.Euler,
        "dpmsolver++" => SchedulerKind.DpmSolver,
        var unknown => throw new ModelException($"The scheduler '{unknown}' is unknown to this build."),
    };
}
