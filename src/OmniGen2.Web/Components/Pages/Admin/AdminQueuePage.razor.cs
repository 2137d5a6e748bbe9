using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.Components.Layout;
using OmniGen2.Web.Components.Pages.Queue;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Components.Pages.Admin;

/// <summary>The jobs of everybody, to be moved or stopped with a reason that their owner reads.</summary>
public sealed partial class AdminQueuePage(JobQueue queue, JobOwners owners, ModelHost model, QueueCare care, Toasts toasts) : WatchingComponent
{
    private QueueState _state = queue.State;
    private IReadOnlyList<QueueEntry> _entries = Entries(queue.State);
    private JobSight _sight = queue.Sight();
    private WaitReason _reason = new(queue.State, queue.Forecast(), owners, queue.Sight());
    private ReasonAsked? _asked;
    private string _spoken = "";

    private QueueState State => _state;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await Follow(queue.Progress, OnProgress);
        }
    }

    /// <summary>The pictures of a batch that are at work stand by themselves: they cannot be moved.</summary>
    private static IReadOnlyList<QueueEntry> Entries(QueueState state) => [.. state.AtWork.Select(x => new QueueEntry([x])), .. QueueEntry.Of(state)];

    private Task OnProgress(QueueState state)
    {
        if (state != _state)
        {
            (_state, _entries, _sight) = (state, Entries(state), queue.Sight());
        }

        _reason = new WaitReason(_state, queue.Forecast(), owners, _sight);
        return Task.CompletedTask;
    }

    private string NameOf(QueueEntry entry) => entry.First.Owner is { } owner ? owners.NameOf(owner) : "This studio";

    private string ReasonOf(QueueEntry entry) => entry.First.Latest switch
    {
        _ when !_state.IsAtWork(entry.First) => entry.Reason(_state, model.State is ModelState.Ready, _reason),
        JobUpdate.Working { Step: > 0 } work => $"At work, step {work.Step} of {work.Steps}.",
        _ => "At work.",
    };

    private async Task Ask(QueueEntry entry, JobMove? move)
    {
        var name = NameOf(entry);
        var asked = new ReasonAsked(
            move switch
            {
                null => $"Stop a job of {name}?",
                JobMove.BeforeAll => $"Put a job of {name} before everybody’s?",
                _ => $"Move a job of {name}?",
            },
            name,
            move is null ? "Stop it" : "Move it",
            reason => Do(entry, move, reason));
        if (Asker.Current.Owns(entry.First.Owner))
        {
            await asked.Do("");
            return;
        }

        _asked = asked;
    }

    private async Task<bool> Do(QueueEntry entry, JobMove? move, string reason)
    {
        try
        {
            var done = move is { } way ? await care.Move(entry.Jobs, way, reason, Closed) : await care.Stop(entry.Jobs, reason) > 0;
            _spoken = done ? "Done." : "It had ended already.";
            if (!done)
            {
                toasts.Say(_spoken);
            }

            return true;
        }
        catch (ModelException refusal)
        {
            toasts.Warn(refusal.Message);
            return false;
        }
    }

    private async Task Turn()
    {
        try
        {
            await care.Halt(!_state.IsHalted, Closed);
        }
        catch (ModelException refusal)
        {
            toasts.Warn(refusal.Message);
        }
    }
}
