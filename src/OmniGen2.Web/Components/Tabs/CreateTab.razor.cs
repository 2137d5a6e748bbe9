using Microsoft.AspNetCore.Components;
using OmniGen2.Imaging;
using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Components.Tabs;

/// <summary>Words in, a picture out: the panel asks, the stage shows what runs or what came of it, the strip what was made before.</summary>
public sealed partial class CreateTab(JobQueue queue, ModelHost model, ImageStore images, NavigationManager navigation) : DrawingTab(queue, model, images, navigation)
{
    private Guid? _watched;

    /// <summary>The picture, or the job that becomes one: they share their id.</summary>
    [Parameter] public Guid? Id { get; set; }

    // Without an address: what ran when it was first asked for, and what came of it.
    protected override Guid? Shown => Id ?? (_watched ??= Running?.Id);

    protected override PictureKind Kind => PictureKind.Created;

    protected override string EmptyPrompt => "Describe a picture first: say what it shows, where, and in what light.";

    private Job? Running => Queue.State.AtWork.FirstOrDefault(x => x.Picture is not null && Asker.Current.Owns(x.Owner));

    private string? Subtitle => Picture is { } picture
        ? $"{(Batch.Count > 1 ? $"{Name} · " : "")}{picture.Width} × {picture.Height} · seed {picture.Seed} · {Duration.Text(picture.DurationMilliseconds / 1000)}"
        : Batch.Count > 1 ? Name : null;

    private string? RunningPreview => Running is { Latest: JobUpdate.Working { Preview: > 0 } work } job ? Links.Preview(job.Id, work.Preview) : null;

    // Of the first line a phone's dock shows all.
    private string Placeholder => Model.Info is { Examples: [var example, ..] }
        ? $"What should the picture show?\nFor example: {example}"
        : "What should the picture show?\nSay what, where, and in what light.";

    protected override Task OnParametersSetAsync()
    {
        _watched = null;
        return base.OnParametersSetAsync();
    }

    protected override string AddressOf(Guid id) => $"pictures/{id}";

    protected override PictureRequest Request(GenerationRequest generation) => new() { Generation = generation };

    private async Task Begin((string Prompt, long? Seed) example)
    {
        if (Form is not null)
        {
            // The seed of the example is for this once: who goes on with the words wants another picture.
            var seed = Form.Seed;
            (Form.Prompt, Form.Seed) = (example.Prompt, example.Seed ?? seed);
            await Start();
            Form.Seed = seed;
        }
    }

    private void Reuse(PictureRow picture) => Form = CreateForm.Of(GenerationMetadata.Parse(picture.Metadata).Request);
}
