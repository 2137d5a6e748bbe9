using System.Diagnostics.CodeAnalysis;
using OmniGen2.Imaging;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs.Checking;

namespace OmniGen2.Web.Jobs;

/// <summary>One picture in the making, advanced a step at a time by the worker.</summary>
internal sealed class PictureRun : IJobRun
{
    private readonly Job _job;
    private readonly PictureRequest _asked;
    private readonly GenerationRequest _request;
    private readonly IPipeline _pipeline;
    private readonly JobRuns _services;
    private readonly PictureRound _round;
    private readonly StepTrail _trail;
    private readonly StepClock _clock;
    private IEnumerator<DenoiseStep>? _steps;
    private long _saved;
    private DenoiseState? _state;
    private LatentImage? _estimate;

    /// <param name="job">Whose state is saved and who is told.</param>
    /// <param name="asked">What is drawn.</param>
    /// <param name="pipeline">The model.</param>
    /// <param name="services">All else.</param>
    /// <param name="round">Of a picture that checks itself; null: the job's only one.</param>
    public PictureRun(Job job, PictureRequest asked, IPipeline pipeline, JobRuns services, PictureRound? round = null)
    {
        (_job, _asked, _pipeline, _services, _round) = (job, asked, pipeline, services, round ?? new PictureRound(1, job.Id));
        _request = services.References.Read(asked);
        _clock = new StepClock(services.Time);
        _saved = services.Time.GetTimestamp();
        _state = services.States.Load(job.Id);
        if (_state is null && asked.From is { } from)
        {
            throw new ModelException($"Step {from.Step} of that picture is no longer kept: start from another step, or make the picture anew.");
        }

        _trail = services.Steps.Open(job.Id, after: _state?.Step ?? 0);
        Mark(_state?.Step ?? 0);
    }

    public IEnumerator<DenoiseStep>? Steps => _steps;

    private bool KeepsStep => _asked.Kind == PictureKind.Step;

    public bool Advance()
    {
        if (KeepsStep || !Next(out var step))
        {
            return false;
        }

        if (step.Notice is { } notice)
        {
            _services.Logger.LogWarning("{Job}: {Notice}", _job.Id, notice);
        }

        if (step.Phase == DenoisePhase.Denoising)
        {
            Denoised(step);
        }
        else
        {
            var phase = step.Phase == DenoisePhase.EncodingPrompt ? JobPhase.EncodingPrompt : JobPhase.EncodingReferences;
            _job.Publish(Working(phase, _state?.Step ?? 0, step.Count));
        }

        return true;
    }

    /// <summary>Decodes what the steps have led to and keeps it.</summary>
    public JobUpdate Finish()
    {
        var state = _state ?? throw new InvalidOperationException("The pipeline ended without a step.");
        Keep(KeepsStep ? state with { Latents = StepStore.EstimateOf(state) } : state);
        return new JobUpdate.Done(_round.Picture);
    }

    public JobUpdate Stop(bool keep)
    {
        // A saved state alone is half noise: only the next step says to which picture it leads.
        while (keep && _estimate is null && _state is not null && Advance())
        {
        }

        if (!keep || _estimate is null || _state is null)
        {
            return new JobUpdate.Stopped();
        }

        if (_state.Step == _state.Count)
        {
            return Finish();
        }

        Keep(_state with { Latents = _estimate });
        return new JobUpdate.Stopped(Kept: true);
    }

    public void Save()
    {
        _saved = _services.Time.GetTimestamp();
        if (_state is not null)
        {
            _services.Save(_job, _state);
            _job.HasBegun = true;
        }
    }

    public void Dispose()
    {
        _steps?.Dispose();
        _trail.Dispose();
    }

    private bool Next([NotNullWhen(true)] out DenoiseStep? step)
    {
        _steps ??= Begin();
        return (step = _steps.MoveNext() ? _steps.Current : null) is not null;
    }

    private IEnumerator<DenoiseStep> Begin()
    {
        try
        {
            return _pipeline.Denoise(_request, _state).GetEnumerator();
        }
        catch (ModelException error) when (_state is not null && _asked.From is null)
        {
            // Saved with another checkpoint or precision. If the request itself is at fault, the fresh run says so again.
            _services.Logger.LogWarning(error, "Job {JobId} begins anew: its saved state does not fit", _job.Id);
            _state = null;
            _trail.Cut(after: 0);
            return _pipeline.Denoise(_request).GetEnumerator();
        }
    }

    private void Denoised(DenoiseStep step)
    {
        _clock.Step();
        (_state, _estimate) = (step.State ?? _state, step.Estimate ?? _estimate);
        Mark(step.Index);
        if (step is { Estimate: { } estimate, State: { } state })
        {
            var frame = LatentPreview.Render(estimate, _pipeline.Info.LatentToRgb);
            _job.Preview.Show(frame);
            _services.Unless(_job, $"The trail at step {step.Index}", () => _trail.Add(state, estimate, frame));
        }

        if (_services.Time.GetElapsedTime(_saved) >= _services.SaveEvery && step.Index < step.Count)
        {
            Save();
        }

        _job.Publish(Working(JobPhase.Denoising, step.Index, step.Count));
    }

    private void Keep(DenoiseState state)
    {
        Mark(state.Count + 1);
        _job.Publish(Working(JobPhase.Decoding, state.Step, state.Count));
        var image = _pipeline.Decode(_request, state);
        var metadata = new GenerationMetadata
        {
            Request = _request,
            Model = _pipeline.Info.Name,
            ModelHash = _services.Weights.Current,
            Provenance = Provenance.Of(_pipeline.Info, _services.Weights.Current, image),
            StepsDone = state.Step,
            References = [.. _asked.References.Select(x => x.Sha256)],
            From = _asked.From?.Sha256,
            After = _round.After?.Sha256,
        };
        // Before the picture, so that no end of the process leaves a picture whose steps are lost.
        _services.Unless(_job, "The film", () => _services.Steps.Keep(_trail, _round.Picture));
        _services.Images.Add(Origin(), metadata, image);
    }

    private void Mark(int step) => _services.Mark(_job, PictureRound.Quantum(_round.Number, step));

    private PictureOrigin Origin() => new(_round.Picture, _asked.KindOfPicture)
    {
        // A later round is no further picture of the batch.
        Batch = _round.Number == 1 ? _job.Batch : null,
        Parents = [.. _asked.References.Select(x => (Guid?)x.Picture).Append(_asked.From?.Picture).Append(_round.After?.Id).OfType<Guid>().Distinct()],
        Owner = _job.Owner,
        Duration = _services.WorkOn(_job),
    };

    private JobUpdate.Working Working(JobPhase phase, int step, int steps) => new(phase, step, steps)
    {
        StepsPerSecond = _clock.StepsPerSecond,
        Left = _clock.Left(steps - step),
        Preview = _job.Preview.Version,
        Round = _round.Number,
    };
}
