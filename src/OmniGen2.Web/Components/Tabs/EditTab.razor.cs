using Microsoft.AspNetCore.Components;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Components.Tabs;

/// <summary>One picture and an instruction in, the changed picture out, with both under one slider.</summary>
public sealed partial class EditTab(JobQueue queue, ModelHost model, ImageStore images, NavigationManager navigation) : DrawingTab(queue, model, images, navigation)
{
    private PictureRow? _source;
    private FromPicturesPanel? _panel;
    private bool _sideBySide;
    private bool _treeShown;

    /// <summary>The picture to edit.</summary>
    [Parameter] public Guid? Id { get; set; }

    private string? Subtitle => (Picture?.Prompt ?? Job?.Words) is { } words ? $"“{words}”" : null;

    protected override async Task OnParametersSetAsync()
    {
        _treeShown = false;
        _source = Id is { } id ? await Images.Find(id, Closed) : null;
        await base.OnParametersSetAsync();
    }

    protected override PictureRequest Remake(PictureRow picture) => new() { Generation = Asked(picture), References = [new Reference(_source?.Id ?? picture.Id)] };

    private void Open(PictureRow picture) => Navigation.NavigateTo($"edit/{picture.Id}");

    private async Task Start()
    {
        if (Form is null || Model.Info is not { } info)
        {
            return;
        }

        if (_source is null)
        {
            Fault = "Choose a picture first: drop one on the stage, paste it, or take one of the recent results.";
        }
        else if (string.IsNullOrWhiteSpace(Form.Prompt))
        {
            Fault = "Say what should change, for example: make the star blue.";
            await (_panel?.FocusPrompt() ?? ValueTask.CompletedTask);
        }
        else
        {
            await Begin(new PictureRequest { Generation = Form.ToRequest(info), References = [new Reference(_source.Id)] });
        }
    }
}
