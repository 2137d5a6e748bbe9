using Microsoft.AspNetCore.Components;
using OmniGen2.Web.Components.Pages.Picture;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Components.Social;

/// <summary>One picture in the making, or made, before everybody who may see it: the same previews for all, and what they say.</summary>
public sealed partial class WatchPage
{
    private Job? _job;
    private JobUpdate? _shown;
    private PictureView? _view;
    private PersonRow? _owner;
    private Guid _read;
    private IReadOnlyList<RemarkRow> _pins = [];
    private string _spoken = "";

    [Parameter] public Guid Id { get; set; }

    /// <summary>Nothing but the picture, for a monitor in the room.</summary>
    [SupplyParameterFromQuery] public bool Screen { get; set; }

    private string Words => _view?.Row.Prompt ?? _job?.Request.Words ?? "";

    protected override async Task OnParametersSetAsync()
    {
        if (_read != Id)
        {
            _read = Id;
            await Load();
        }
    }

    protected override Task OnAfterRenderAsync(bool firstRender) => firstRender ? FollowChanges(Queue.Progress, OnProgress) : Task.CompletedTask;

    private async Task Load()
    {
        _job = Queue.Find(Id) is { Picture: not null, Latest.IsFinal: false } job ? job : null;
        _view = _job is null ? await Reader.Read(Id, Closed) : null;
        _owner = (_job?.Owner ?? _view?.Row.Owner) is { } owner ? await People.Find(owner, Closed) : null;
    }

    private async Task<bool> OnProgress(QueueState state)
    {
        if (_job is null || _job.Latest == _shown)
        {
            return false;
        }

        _shown = _job.Latest;
        if (_shown is JobUpdate.Working { Steps: > 0, Step: > 0 } work)
        {
            _spoken = $"{work.Step * 10 / work.Steps * 10} percent";
        }

        if (_shown.IsFinal)
        {
            await Load();
            _spoken = _view is null ? "It ended without a picture." : "The picture is done.";
        }

        return true;
    }

    private async Task Branch()
    {
        try
        {
            Navigation.NavigateTo(Links.Page((await Queue.RunAgain(Id, newSeed: true, cancellationToken: Closed)).Id));
        }
        catch (ModelException refusal)
        {
            Toasts.Warn(refusal.Message);
        }
    }
}
