using System.Diagnostics.CodeAnalysis;
using OmniGen2.Imaging;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Jobs;

/// <summary>One picture in the making, advanced a step at a time by the worker.</summary>
internal sealed class PictureRun : IDisposable
{
    private readonly Job _job;
    private readonly PictureRequest _asked;
    private readonly GenerationRequest _request;
    private readonly IPipeline _pipeline;
    private readonly PictureRuns _services;
    private readonly StepClock _clock;
    private readonly long _started;
    private IEnumerator<DenoiseStep>? _steps;
    private long _saved;
    private DenoiseState? _state;

    public PictureRun(Job job, IPipeline pipeline, PictureRuns services)
    {
        (_job, _pipeline, _services) = (job, pipeline, services);
        _asked = job.Picture ?? throw new ArgumentException($"Job {job.Id} asks for no picture.", nameof(job));
        _request = services.References.Read(_asked);
        _clock = new StepClock(services.Time);
        _started = _saved = services.Time.GetTimestamp();
        _state = services.States.Load(job.Id);
        services.Marks.Set(job.Id, _state?.Step ?? 0);
    }

    /// <summary>Does the next step. False when all are done.</summary>
    public bool Advance()
    {
        if (!Next(out var step))
        {
            return false;
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
    public PictureRow Finish()
    {
        var state = _state ?? throw new InvalidOperationException("The pipeline ended without a step.");
        _services.Marks.Set(_job.Id, state.Count + 1);
        _job.Publish(Working(JobPhase.Decoding, state.Step, state.Count));
        var image = _pipeline.Decode(_request, state);
        var metadata = new GenerationMetadata
        {
            Request = _request,
            Model = _pipeline.Info.Name,
            StepsDone = state.Step,
            References = [.. _asked.References.Select(x => x.Sha256)],
        };
        return _services.Images.Add(Origin(), metadata, image);
    }

    /// <summary>Writes down how far the picture is, for this or another process to go on from.</summary>
    public void Save()
    {
        _saved = _services.Time.GetTimestamp();
        if (_state is not null)
        {
            _services.Save(_job, _state, Work());
        }
    }

    public void Dispose() => _steps?.Dispose();

    private bool Next([NotNullWhen(true)] out DenoiseStep? step)
    {
        _steps ??= Begin();
        step = _steps.MoveNext() ? _steps.Current : null;
        return step is not null;
    }

    private IEnumerator<DenoiseStep> Begin()
    {
        try
        {
            return _pipeline.Denoise(_request, _state).GetEnumerator();
        }
        catch (ModelException error) when (_state is not null)
        {
            // Saved with another checkpoint or precision. If the request itself is at fault, the fresh run says so again.
            _services.Logger.LogWarning(error, "Job {JobId} begins anew: its saved state does not fit", _job.Id);
            _state = null;
            return _pipeline.Denoise(_request).GetEnumerator();
        }
    }

    private void Denoised(DenoiseStep step)
    {
        if (step.Estimate is { } estimate)
        {
            _job.Preview.Show(estimate);
        }

        _clock.Step();
        _state = step.State ?? _state;
        _services.Marks.Set(_job.Id, step.Index);
        if (_services.Time.GetElapsedTime(_saved) >= _services.SaveEvery && step.Index < step.Count)
        {
            Save();
        }

        _job.Publish(Working(JobPhase.Denoising, step.Index, step.Count));
    }

    private JobUpdate.Working Working(JobPhase phase, int step, int steps) => new(phase, step, steps)
    {
        StepsPerSecond = _clock.StepsPerSecond,
        Left = _clock.Left(steps - step),
        Preview = _job.Preview.Version,
    };

    private PictureOrigin Origin() => new(_job.Id, _asked.KindOfPicture)
    {
        Batch = _job.Batch,
        Parents = [.. _asked.References.Select(x => x.Picture)],
        Owner = _job.Owner,
        Duration = Work(),
    };

    private TimeSpan Work() => _job.Work + _services.Time.GetElapsedTime(_started);
}
