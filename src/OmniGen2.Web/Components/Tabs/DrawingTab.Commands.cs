using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Components.Tabs;

/// <summary>What a person can do on a tab that draws.</summary>
public abstract partial class DrawingTab
{
    protected void Reset()
    {
        Fault = null;
        Form = NewForm();
    }

    protected async Task Start()
    {
        if (Form is null || model.Info is not { } info)
        {
            return;
        }

        Fault = Missing();
        if (Fault is null && string.IsNullOrWhiteSpace(Form.Prompt))
        {
            Fault = EmptyPrompt;
            await (Panel?.FocusPrompt() ?? ValueTask.CompletedTask);
        }
        else if (Fault is null)
        {
            await Begin(AddressOfNew, async () =>
            {
                var jobs = await queue.Enqueue(Request(Form.ToRequest(info)) with { Count = Form.Count, Reflection = Form.Reflection, Written = Form.Style is null ? null : Form.Prompt.Trim() }, cancellationToken: Closed);
                Form.Started();
                return jobs[0];
            });
        }
    }

    /// <summary>What the stage shows once more, with another seed.</summary>
    protected Task Again() => Shown is { } id ? Begin(AddressOf, () => queue.RunAgain(id, newSeed: true, cancellationToken: Closed)) : Task.CompletedTask;

    /// <summary>Ends what runs and keeps what there is of it; the rest of its batch does not begin.</summary>
    protected void Stop()
    {
        if (Job is { Batch: { } batch })
        {
            queue.StopBatch(batch, keep: true);
        }
        else if (Job is not null)
        {
            queue.Stop(Job.Id);
        }
    }

    /// <summary>Ends one picture of a batch, which goes on with the next.</summary>
    protected void Skip()
    {
        if (Job is not null)
        {
            queue.Discard(Job.Id);
        }
    }

    /// <summary>Starts, and puts the job into the address.</summary>
    private async Task Begin(Func<Guid, string> address, Func<Task<Job>> ask)
    {
        try
        {
            Fault = null;
            var job = await ask();
            navigation.NavigateTo(address(job.Id));
        }
        catch (ModelException refused)
        {
            Fault = refused.Message;
        }
    }
}
