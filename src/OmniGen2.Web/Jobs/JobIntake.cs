using System.Text.Json;
using OmniGen2.Imaging;
using OmniGen2.Reflection;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs.Checking;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Jobs;

/// <summary>Turns a request into jobs, or refuses it with a <see cref="ModelException"/> before anything is written.</summary>
public sealed class JobIntake(ModelHost model, References references, JobStore rows, ImageStore images, StateStore states, StepStore steps, Judges judges, TimeProvider time)
{
    /// <summary>Stands for references whose files are not opened before the job runs.</summary>
    private static readonly RgbImage AnyPicture = new(256, 256);

    public async Task<IReadOnlyList<Job>> Jobs(PictureRequest request, string? owner, CancellationToken cancellationToken)
    {
        Asker.Current.Demand(Permission.Make);
        owner ??= Asker.Current.Id;
        request = await references.Named(request, cancellationToken);
        Check(request);
        var batch = request.Count > 1 ? Guid.NewGuid() : (Guid?)null;
        var jobs = Enumerable.Range(0, request.Count).Select(i => new Job(Guid.NewGuid(), Picture(request, i), time.GetUtcNow()) { Batch = batch, Owner = owner }).ToList();
        if (request.From is { } from)
        {
            await Hand(from, request, jobs[0], cancellationToken);
        }

        return jobs;
    }

    public async Task<Job> Job(AnswerRequest request, string? owner, CancellationToken cancellationToken)
    {
        Asker.Current.Demand(Permission.Make);
        if ((request.Thread is null) != (request.Message is null))
        {
            throw new ArgumentException("An answer that is kept needs its thread and its message.", nameof(request));
        }

        request = request with
        {
            Turns = await references.Named(request.Turns, cancellationToken),
            Drawing = request.Drawing is null ? null : await references.Named(request.Drawing, cancellationToken),
        };
        if (request.Drawing is not null)
        {
            Check(request.ToPicture());
        }
        else if (model.State is ModelState.Failed failed)
        {
            throw new ModelException(failed.Message);
        }

        return new Job(Guid.NewGuid(), request, time.GetUtcNow()) { Owner = owner ?? Asker.Current.Id };
    }

    /// <summary>The request that a job or, where its row is gone, a picture came of: for one picture, its seed included.</summary>
    public async Task<PictureRequest> RequestOf(Guid id, CancellationToken cancellationToken)
    {
        if (await rows.Find(id, cancellationToken) is { } row)
        {
            return OnePicture(row.Request);
        }

        var picture = await images.Find(id, cancellationToken) ?? throw new ModelException("There is no job and no picture at this address: make the request anew.");
        var metadata = GenerationMetadata.Parse(picture.Metadata);
        var parents = await images.ParentsOf(id, cancellationToken);
        return metadata.References.Count <= parents.Count
            ? new PictureRequest { Generation = metadata.Request, References = [.. parents.Take(metadata.References.Count).Select(x => new Reference(x))], Kind = picture.Kind }
            : throw new ModelException($"The picture was made from {metadata.References.Count} others and {parents.Count} of them are left: choose others and make the request anew.");
    }

    private static PictureRequest OnePicture(string json)
    {
        try
        {
            var request = RequestJson.Read(json);
            return (request as PictureRequest ?? ((AnswerRequest)request).ToPicture()) with { Count = 1, Number = 1 };
        }
        catch (JsonException error)
        {
            throw new ModelException("This version of the studio cannot read the request: make it anew.", error);
        }
    }

    private static PictureRequest Picture(PictureRequest request, int index) => request with
    {
        Number = index + 1,
        Generation = request.Generation with { Seed = request.Generation.Seed + index },
    };

    /// <summary>Gives the new job the state of another picture's step as if it had saved it itself, so that it no longer needs the other picture.</summary>
    private async Task Hand(StepOf from, PictureRequest request, Job job, CancellationToken cancellationToken)
    {
        var state = steps.State(from.Picture, from.Step)
            ?? throw new ModelException($"Step {from.Step} of that picture is no longer kept: start from another step, or make the picture anew.");
        if (state.Count != request.Generation.Steps)
        {
            throw new ModelException($"That picture has {state.Count} steps and {request.Generation.Steps} were asked for: going on from one of them keeps their number.");
        }

        states.Save(job.Id, state);
        if (await images.Find(from.Picture, cancellationToken) is { } picture && steps.FilmOf(picture) is { } film)
        {
            steps.Copy(film, from.Step, job.Id);
        }

        job.HasBegun = true;
    }

    private void Check(PictureRequest request)
    {
        if (request.Count is < 1 or > PictureRequest.MaxCount)
        {
            throw new ModelException($"{request.Count} pictures were asked for: ask for 1 to {PictureRequest.MaxCount} at once.");
        }

        if (request is { From: not null, Count: > 1 })
        {
            throw new ModelException($"{request.Count} pictures were asked for, but from one step only one picture comes: ask for 1.");
        }

        var lastSeed = long.MaxValue - (request.Count - 1);
        if (request.Generation.Seed > lastSeed)
        {
            throw new ModelException($"Seed {request.Generation.Seed} leaves no room for {request.Count} pictures: use one of at most {lastSeed}.");
        }

        if (request.Reflection is { } budget)
        {
            Check(request, budget);
        }

        switch (model.State)
        {
            case ModelState.Failed failed:
                throw new ModelException(failed.Message);
            case ModelState.Ready ready:
                (request.Generation with { Images = [.. request.References.Select(_ => AnyPicture)] }).Check(ready.Info);
                break;
        }
    }

    private void Check(PictureRequest request, ReflectionBudget budget)
    {
        budget.Check();
        if (request.From is not null || request.Generation.FromChat)
        {
            throw new ModelException("A picture that goes on from a step or answers in a thread cannot check itself: leave out \"Check and improve\".");
        }

        if (model.Info is { } info && judges.Refusal(info, request.References.Count) is { } refusal)
        {
            throw new ModelException(refusal);
        }
    }
}
