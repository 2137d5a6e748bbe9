using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.Components.Layout;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Components.Tabs;

/// <summary>Conversations with the model about pictures, and by way of them pictures. The server writes the answers, whether or not this page is open.</summary>
public sealed partial class ChatTab(JobQueue queue, ThreadAnswers answers, ThreadStore threads, ImageStore images, NavigationManager navigation, Toasts toasts, IJSRuntime browser) : WatchingComponent
{
    private const int ThreadsListed = 200;

    private IReadOnlyList<ThreadRow> _threads = [];
    private IReadOnlyList<ThreadMessage> _messages = [];
    private IReadOnlyDictionary<Guid, int> _numbers = new Dictionary<Guid, int>();
    private IReadOnlyDictionary<Guid, PictureRow> _pictures = new Dictionary<Guid, PictureRow>();
    private readonly Draft _draft = new(browser, "chat");
    private readonly SemaphoreSlim _acts = new(1);
    private readonly SemaphoreSlim _loads = new(1);
    private ElementReference _field;
    private ThreadRow? _thread;
    private string _text = "";
    private string _words = "";
    private string _spoken = "";
    private string? _fault;
    private bool _listShown;

    [Parameter] public Guid? Id { get; set; }

    /// <summary>The job that writes the last message.</summary>
    private Job? Answering => _messages is [.., var last] && JobOf(last) is { Latest.IsFinal: false } job ? job : null;

    protected override Task OnParametersSetAsync()
    {
        (_fault, _listShown, _renaming) = (null, false, false);
        return Load();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_isNameNew)
        {
            _isNameNew = false;
            await _name.FocusAsync();
        }

        if (firstRender)
        {
            await _draft.Restore(_text);
            await FollowChanges(Progress, OnProgress);
        }
        else
        {
            await _draft.Keep(_text);
        }
    }

    private Job? JobOf(ThreadMessage message) => message.Row.JobId is { } job ? queue.Find(job) : null;

    /// <summary>Two acts, or two looks at the thread, begun one after the other also end so: else what one saw before the other changed it would stay on the page.</summary>
    private async Task InTurn(SemaphoreSlim turn, Func<Task> act)
    {
        await turn.WaitAsync(Closed);
        try
        {
            await act();
        }
        finally
        {
            turn.Release();
        }
    }

    private Task Load() => InTurn(_loads, async () =>
    {
        _threads = await threads.List(_words, ThreadsListed, Closed);
        _thread = Id is { } id ? await threads.Find(id, Closed) : null;
        _messages = _thread is null ? [] : await threads.Messages(_thread.Id, Closed);
        var pictures = Conversation.Pictures(_messages);
        _pictures = await images.Find(pictures, Closed);
        _numbers = pictures.Select((picture, i) => (picture, i)).Where(x => _pictures.ContainsKey(x.picture)).ToDictionary(x => x.picture, x => x.i + 1);
    });

    private async IAsyncEnumerable<JobUpdate?> Progress([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var state in queue.Watch(cancellationToken))
        {
            yield return null;
            if (state.AtWork.FirstOrDefault(x => x.Request is AnswerRequest && x.Request.Thread == Id) is { } job)
            {
                await foreach (var update in job.Watch(cancellationToken))
                {
                    yield return update;
                }
            }
        }
    }

    /// <summary>The message that is being written renders itself; the page when one came or ended, and when readers are told something.</summary>
    private async Task<bool> OnProgress(JobUpdate? update)
    {
        var before = _spoken;
        // Readers hear whole answers, not words as they come.
        _spoken = update switch
        {
            JobUpdate.Answered answered => answered.Text,
            JobUpdate.Done => "The picture is done.",
            JobUpdate.Working work => Controls.Progress.Spoken(work, "The picture"),
            _ => _spoken,
        };
        if (update is null or { IsFinal: true } or JobUpdate.Working { Step: 0 })
        {
            await Load();
            return true;
        }

        return before != _spoken;
    }

    private Task Send() => InTurn(_acts, async () =>
    {
        if (_text.Trim().Length == 0)
        {
            _fault = _added.Count > 0 ? "Say what to do with the picture, for example: what is in it?" : "Write something first: ask, or say what to draw.";
            await _field.FocusAsync();
            return;
        }

        var thread = _thread?.Id ?? Guid.NewGuid();
        await threads.Say(thread, _text.Trim(), [.. _added.Select(p => p.Id)], owner: null, Closed);
        (_text, _fault) = ("", null);
        _added.Clear();
        await Answer(thread);
        if (Id != thread)
        {
            navigation.NavigateTo($"chat/{thread}");
        }
        else
        {
            await Load();
        }
    });

    /// <summary>Asks the model for the next message.</summary>
    private async Task Answer(Guid thread, bool isAgain = false)
    {
        try
        {
            await answers.Ask(thread, isAgain, Closed);
        }
        catch (ModelException refused)
        {
            _fault = refused.Message;
        }
    }

    private Task Regenerate(ThreadMessage message) => InTurn(_acts, async () =>
    {
        await threads.TakeBack(message.Row.ThreadId, message.Row.Place, Closed);
        await Answer(message.Row.ThreadId, isAgain: true);
        await Load();
    });

    /// <summary>Takes a message back into the field, with its pictures. An answer to it that is still being written ends, so that it does not come after it.</summary>
    private Task Edit(ThreadMessage message) => InTurn(_acts, async () =>
    {
        if (Answering is { } job)
        {
            queue.Stop(job.Id);
            await job.Completion(Closed);
        }

        _text = message.Row.Text;
        _added.Clear();
        _added.AddRange(message.Pictures.Where(_pictures.ContainsKey).Select(p => _pictures[p]));
        await threads.TakeBack(message.Row.ThreadId, message.Row.Place, Closed);
        await Load();
        await _field.FocusAsync();
    });

    private void Stop()
    {
        if (Answering is { } job)
        {
            queue.Stop(job.Id);
        }
    }
}
