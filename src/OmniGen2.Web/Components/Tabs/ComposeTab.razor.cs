using Microsoft.AspNetCore.Components;
using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Components.Tabs;

/// <summary>One to five pictures and words in, a new picture out. The pictures stand in the address, so that a reload or a colleague finds them.</summary>
public sealed partial class ComposeTab(JobQueue queue, ModelHost model, ImageStore images, NavigationManager navigation) : DrawingTab(queue, model, images, navigation)
{
    // Of the first line a phone's dock shows all.
    private const string Placeholder = "What goes where?\nFor example: put the star from the first image beside the ring from the second image.";

    private IReadOnlyList<PictureRow> _references = [];

    /// <summary>The ids of the pictures, in order, with commas between.</summary>
    [SupplyParameterFromQuery] public string? References { get; set; }

    protected override PictureKind Kind => PictureKind.Composed;

    protected override string EmptyPrompt => "Say what goes where, for example: put the star from the first image beside the ring from the second image.";

    private IReadOnlySet<int> Mentioned => PictureNumbers.In(Form?.Prompt ?? "");

    protected override async Task OnParametersSetAsync()
    {
        var ids = (References ?? "").Split(',').Select(x => Guid.TryParse(x, out var id) ? id : (Guid?)null).OfType<Guid>().Take(ReferenceSlots.Most).ToList();
        var known = await Images.Find(ids, Closed);
        _references = [.. ids.Where(known.ContainsKey).Select(id => known[id])];
        await base.OnParametersSetAsync();
    }

    protected override PictureRequest Request(GenerationRequest generation) => new()
    {
        // The shape is chosen here; with a single reference the model would else take that picture's.
        Generation = generation with { AlignToReference = false },
        Kind = Kind,
        References = [.. _references.Select(Reference.To)],
    };

    protected override string? Missing() => _references.Count == 0 ? "Add a picture first: drop one into a slot, or take one of the recent results." : null;

    private void Add(PictureRow picture)
    {
        if (_references.Count < ReferenceSlots.Most)
        {
            Arrange([.. _references, picture]);
        }
        else
        {
            Fault = $"There are {ReferenceSlots.Most} pictures already: take one out first.";
        }
    }

    private void Arrange(IReadOnlyList<PictureRow> pictures)
    {
        // At once: several pictures of one drop come one after the other, before the address has changed.
        _references = pictures;
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(nameof(References), string.Join(',', pictures.Select(p => p.Id.ToString("N")))), replace: true);
    }

    private async Task Insert(string name)
    {
        if (Form is not null)
        {
            Form.Prompt = Form.Prompt.Length == 0 || Form.Prompt.EndsWith(' ') ? Form.Prompt + name : $"{Form.Prompt} {name}";
            await (Panel?.FocusPrompt() ?? ValueTask.CompletedTask);
        }
    }

    private async Task LeaveOut(int number)
    {
        if (Form is not null)
        {
            Form.Prompt = PictureNumbers.Without(Form.Prompt, number);
            await (Panel?.FocusPrompt() ?? ValueTask.CompletedTask);
        }
    }
}
