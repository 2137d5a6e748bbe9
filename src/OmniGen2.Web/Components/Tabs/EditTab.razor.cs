using Microsoft.AspNetCore.Components;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Components.Tabs;

/// <summary>One picture and an instruction in, the changed picture out, with both under one slider.</summary>
public sealed partial class EditTab(JobQueue queue, ModelHost model, ImageStore images, NavigationManager navigation) : DrawingTab(queue, model, images, navigation)
{
    // Of the first line a phone's dock shows all.
    private const string Placeholder = "For example: make the star blue\nor put this at sunset.";

    private PictureRow? _source;
    private bool _sideBySide;
    private bool _treeShown;
    private bool _fromBefore;

    /// <summary>The picture to edit.</summary>
    [Parameter] public Guid? Id { get; set; }

    protected override PictureKind Kind => PictureKind.Edited;

    protected override string EmptyPrompt => "Say what should change, for example: make the star blue.";

    private string? Subtitle => (Picture?.Prompt ?? Job?.Request.Words) is { } words ? $"“{words}”" : null;

    protected override async Task OnParametersSetAsync()
    {
        (_treeShown, _fromBefore) = (false, false);
        _source = Id is { } id ? await Images.Find(id, Closed) : null;
        await base.OnParametersSetAsync();
    }

    /// <summary>What the next edit changes: the result on the stage, unless somebody wants to begin at the picture before once more.</summary>
    private PictureRow? From => Picture is not null && !_fromBefore ? Picture : _source;

    protected override PictureRequest Request(GenerationRequest generation) => new() { Generation = generation, References = From is null ? [] : [Reference.To(From)] };

    protected override string AddressOfNew(Guid job) => From is null ? AddressOf(job) : $"edit/{From.Id}?{nameof(Result)}={job}";

    protected override string? Missing() => _source is null ? "Choose a picture first: drop one on the stage, paste it, or take one of the recent results." : null;

    private void Open(PictureRow picture) => Navigation.NavigateTo($"edit/{picture.Id}");
}
