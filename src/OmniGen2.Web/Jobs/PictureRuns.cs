using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OmniGen2.Web.History;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Jobs;

/// <summary>Starts pictures: what every <see cref="PictureRun"/> needs besides its job.</summary>
internal sealed class PictureRuns(
    StateStore states,
    JobStore rows,
    QuantumMarks marks,
    ImageStore images,
    References references,
    Faults faults,
    IOptions<StudioOptions> options,
    TimeProvider time,
    ILogger<PictureRuns> logger)
{
    public StateStore States => states;

    public QuantumMarks Marks => marks;

    public ImageStore Images => images;

    public References References => references;

    public TimeProvider Time => time;

    public ILogger Logger => logger;

    public TimeSpan SaveEvery => TimeSpan.FromSeconds(options.Value.CheckpointSeconds);

    public PictureRun Start(Job job, IPipeline pipeline)
    {
        faults.CheckSpace(options.Value.MinFreeMegabytes);
        return new PictureRun(job, pipeline, this);
    }

    public void Save(Job job, DenoiseState state, TimeSpan work)
    {
        try
        {
            states.Save(job.Id, state);
            rows.Worked(job.Id, work);
        }
        catch (Exception error) when (error is IOException or DbUpdateException)
        {
            // The picture itself is not in danger: after a crash it would begin at an earlier step.
            logger.LogWarning(error, "Step {Step} of job {JobId} cannot be saved", state.Step, job.Id);
        }
    }
}
