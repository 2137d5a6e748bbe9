using Microsoft.AspNetCore.Components;
using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Components.Tabs;

/// <summary>What helps to write a prompt. Whatever it writes can be taken back with one click, and what is no prompt never replaces one.</summary>
public sealed partial class PromptTools(JobQueue queue, PromptHistory history) : WatchingComponent
{
    private const int Remembered = 100;
    private const int Listed = 12;

    private readonly PromptWalk _walk = new();
    private IReadOnlyList<string> _earlier = [];
    private QueueState? _seen;
    private Job? _job;
    private string? _before;
    private string? _written;
    private string _text = "";
    private bool _choosing;

    [Parameter] public string Value { get; set; } = "";

    [Parameter] public EventCallback<string> ValueChanged { get; set; }

    /// <summary>What is asked for here; only prompts for such pictures are remembered.</summary>
    [Parameter] public PictureKind Kind { get; set; }

    /// <summary>The words describe a picture, so that the language model can write them.</summary>
    [Parameter] public bool Writes { get; set; }

    /// <summary>The last results, to describe one.</summary>
    [Parameter] public IReadOnlyList<PictureRow> Latest { get; set; } = [];

    [Parameter] public QueueState? State { get; set; }

    /// <summary>A sentence about what did not work; null when it is settled.</summary>
    [Parameter] public EventCallback<string?> OnFault { get; set; }

    /// <summary>The model writes now.</summary>
    [Parameter] public EventCallback<bool> OnBusy { get; set; }

    private JobQueue Queue => queue;

    protected override async Task OnParametersSetAsync()
    {
        // Whoever writes on has taken the words as they are.
        _before = _written == Value ? _before : null;
        if (!ReferenceEquals(State, _seen))
        {
            _seen = State;
            _earlier = await history.Latest(Kind, owner: null, Remembered, Closed);
        }
    }

    private Task Put(string? prompt) => prompt is null ? Task.CompletedTask : ValueChanged.InvokeAsync(prompt);

    private Task PutBack() => Put(_before);

    private Task Expand() => Value.Trim().Length == 0
        ? OnFault.InvokeAsync("Write a few words first: the model adds detail to what stands there.")
        : Write(PromptWriter.Expand(Value.Trim()), answer => PromptWriter.FaultOfExpanded(Value, answer));

    private Task Describe(PictureRow picture)
    {
        _choosing = false;
        return Write(PromptWriter.Describe(picture.Id), PromptWriter.FaultOf);
    }

    private async Task Write(AnswerRequest request, Func<string, string?> faultOf)
    {
        var before = Value;
        _text = "";
        try
        {
            await OnFault.InvokeAsync(null);
            _job = await queue.Enqueue(request, cancellationToken: Closed);
            await OnBusy.InvokeAsync(true);
            await Follow(_job.Watch, Show);
            await Settle(before, _job.Latest, faultOf);
        }
        catch (ModelException refused)
        {
            await OnFault.InvokeAsync(refused.Message);
        }
        finally
        {
            _job = null;
            await OnBusy.InvokeAsync(false);
        }
    }

    private Task Show(JobUpdate update)
    {
        _text = update switch
        {
            JobUpdate.Answering answering => answering.Text.Trim(),
            JobUpdate.Answered answered => answered.Text.Trim(),
            _ => _text,
        };
        return _text.Length > 0 ? ValueChanged.InvokeAsync(_text) : Task.CompletedTask;
    }

    /// <summary>Keeps what was written, with a way back, or puts the old words back and says why.</summary>
    private async Task Settle(string before, JobUpdate end, Func<string, string?> faultOf)
    {
        var text = end is JobUpdate.Answered or JobUpdate.Stopped { Kept: true } ? _text : "";
        var fault = end switch
        {
            JobUpdate.Answered => faultOf(text),
            JobUpdate.Failed failed => failed.Message,
            JobUpdate.Parked parked => parked.Message,
            _ => null,
        };
        (_before, _written) = fault is null && text.Length > 0 ? (before, text) : (null, null);
        await ValueChanged.InvokeAsync(_written ?? before);
        await OnFault.InvokeAsync(fault);
    }
}
