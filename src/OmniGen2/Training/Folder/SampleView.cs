using OmniGen2.Training.Diffusion;
using OmniGen2.Training.Flow;
using static TorchSharp.torch;

namespace OmniGen2.Training.Folder;

// B samples · C h w of a latent · T text tokens · D width of the language model

/// <summary>A sample as the network is to see it this time.</summary>
/// <param name="Number">Of the sample.</param>
/// <param name="Text">[1, T, D].</param>
/// <param name="References">Each [1, C, h, w].</param>
/// <param name="Target">[1, C, h, w].</param>
internal sealed record SampleView(long Number, Tensor Text, IReadOnlyList<Tensor> References, Tensor Target)
{
    /// <summary>A batch of views with prompts of one length and references of the same sizes.</summary>
    /// <param name="views">At least one.</param>
    /// <param name="start">Points on the paths to the targets [B, C, h, w].</param>
    public static DiffusionBatch Join(IReadOnlyList<SampleView> views, Func<Tensor, FlowPoint> start) => new()
    {
        Samples = [.. views.Select(view => view.Number)],
        Task = views[0].References.Count switch
        {
            0 => DiffusionTaskKind.T2i,
            1 => DiffusionTaskKind.Edit,
            _ => DiffusionTaskKind.Compose,
        },
        Point = start(cat([.. views.Select(view => view.Target)], 0)),
        Text = cat([.. views.Select(view => view.Text)], 0),
        References = [.. views[0].References.Select((_, i) => cat([.. views.Select(view => view.References[i])], 0))],
    };
}
