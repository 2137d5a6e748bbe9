using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs.Checking;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Jobs;

/// <summary>Starts jobs: what every run needs besides its job.</summary>
internal sealed class JobRuns(
    StateStore states,
    StepStore steps,
    JobStore rows,
    QuantumMarks marks,
    ImageStore images,
    AnswerStore answers,
    References references,
    VerdictStore verdicts,
    Judges judges,
    WeightsDigest weights,
    Faults faults,
    IOptions<StudioOptions> options,
    TimeProvider time,
    ILogger<JobRuns> logger)
{
    public StateStore States => states;

    public StepStore Steps => steps;

    public ImageStore Images => images;

    public AnswerStore Answers => answers;

    public References References => references;

    public VerdictStore Verdicts => verdicts;

    public Judges Judges => judges;

    public WeightsDigest Weights => weights;

    public TimeProvider Time => time;

    public ILogger Logger => logger;

    public TimeSpan SaveEvery => TimeSpan.FromSeconds(options.Value.CheckpointSeconds);

    public IJobRun Start(Job job, IPipeline pipeline)
    {
        faults.CheckSpace(options.Value.MinFreeMegabytes);
        return job.Request switch
        {
            PictureRequest { Reflection: not null } request => new ReflectionRun(job, request, pipeline, this),
            PictureRequest request => new PictureRun(job, request, pipeline, this),
            AnswerRequest request => new AnswerRun(job, request, pipeline, this),
            _ => throw new ArgumentException($"Nothing runs a {job.Request.GetType().Name}.", nameof(job)),
        };
    }

    /// <summary>Writes down which piece of work comes next.</summary>
    public void Mark(Job job, int quantum)
    {
        job.Quantum = quantum;
        marks.Set(job.Id, quantum);
    }

    /// <summary>Time that the model spent on a job until now. For its run, within a quantum.</summary>
    public TimeSpan WorkOn(Job job) => job.Work + time.GetElapsedTime(job.QuantumBegan);

    public void Save(Job job, DenoiseState state) => Unless(job, $"Step {state.Step}", () =>
    {
        states.Save(job.Id, state);
        rows.Worked(job.Id, WorkOn(job));
    });

    public void Worked(Job job) => Unless(job, "The time spent", () => rows.Worked(job.Id, WorkOn(job)));

    /// <summary>For what a job can do without: a disk that is full and a database that is locked cost that much, and a line in the log.</summary>
    public void Unless(Job job, string what, Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or DbUpdateException)
        {
            logger.LogWarning(error, "{What} of job {JobId} cannot be written down", what, job.Id);
        }
    }
}
