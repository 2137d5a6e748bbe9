using OmniGen2.Imaging;
using OmniGen2.Models.Vision;

namespace OmniGen2.Models.Language;

/// <summary>What the language model reads: token ids in which every picture holds as many image pads as it has tokens, and the pictures in order.</summary>
public sealed record QwenPrompt(IReadOnlyList<int> Ids, IReadOnlyList<QwenImage> Images)
{
    public QwenPrompt(IReadOnlyList<int> ids)
        : this(ids, [])
    {
    }

    /// <summary>Without pictures an image pad is a token like any other.</summary>
    internal void Check(QwenConfig config)
    {
        if (Ids.Count == 0)
        {
            throw new ModelException("The prompt has no tokens: give it at least one.");
        }
        if (Ids.Count > config.MaxPositions)
        {
            throw new ModelException($"The prompt has {Ids.Count} tokens, pictures included, and the model reads at most {config.MaxPositions}: shorten the text or shrink the pictures.");
        }
        if (Images.Count > 0)
        {
            CheckPictures(config);
        }
    }

    private void CheckPictures(QwenConfig config)
    {
        var runs = PadRuns(config).ToList();
        if (runs.Count != Images.Count)
        {
            throw new ModelException($"The prompt has places for {runs.Count} pictures and comes with {Images.Count}: give one picture for every place.");
        }
        for (var i = 0; i < runs.Count; i++)
        {
            var (grid, values) = (ImageGrid.Of(Images[i]), Images[i].PixelValues);
            var merge = config.Vision.MergeSize;
            if (grid.Rows <= 0 || grid.Columns <= 0 || grid.Rows % merge != 0 || grid.Columns % merge != 0)
            {
                throw new ModelException($"Picture {i + 1} is {grid.Rows} × {grid.Columns} patches: both must be multiples of {merge}.");
            }
            if (values.Length != grid.Patches * config.Vision.PatchValues)
            {
                throw new ModelException($"Picture {i + 1} has {values.Length} values where {grid.Patches} patches of {config.Vision.PatchValues} belong: prepare it with this model's settings.");
            }
            if (runs[i] != grid.Patches / config.Vision.PatchesPerToken)
            {
                throw new ModelException($"Picture {i + 1} makes {grid.Patches / config.Vision.PatchesPerToken} tokens and the prompt holds {runs[i]} for it: expand its image pad to that number.");
            }
        }
    }

    /// <summary>Lengths of the runs of image pads; only the mark before a run tells two pictures apart.</summary>
    private IEnumerable<int> PadRuns(QwenConfig config)
    {
        for (var i = 0; i < Ids.Count; i++)
        {
            if (Ids[i] != config.ImagePadId)
            {
                continue;
            }
            var start = i;
            while (i < Ids.Count && Ids[i] == config.ImagePadId)
            {
                i++;
            }
            yield return i - start;
        }
    }
}
