using Microsoft.EntityFrameworkCore;
using OmniGen2.Imaging;

namespace OmniGen2.Web.History;

/// <summary>What the files say of the rounds of pictures that checked themselves.</summary>
internal sealed class RebuiltVerdicts
{
    private readonly List<VerdictRow> _verdicts = [];

    public void Add(PictureRow picture)
    {
        if (GenerationMetadata.Parse(picture.Metadata).Verdict is { } said && picture.Kind != PictureKind.Upload)
        {
            _verdicts.Add(VerdictRow.Of(picture.Id, VerdictRow.PictureOf(picture.Id, said.Round), said));
        }
    }

    /// <summary>Writes those down of which the new database knows nothing yet, and marks the best of each reflection.</summary>
    public async Task Write(HistoryDb made, CancellationToken cancellationToken)
    {
        var known = (await made.Verdicts.Select(x => x.Reflection).ToListAsync(cancellationToken)).ToHashSet();
        foreach (var rounds in _verdicts.Where(x => !known.Contains(x.Reflection)).GroupBy(x => x.Reflection))
        {
            // As the reflection itself chose: the highest score, and of equal ones the first.
            rounds.MaxBy(x => (x.Score ?? -1, -x.Round))!.IsBest = true;
            made.Verdicts.AddRange(rounds);
        }

        await made.SaveChangesAsync(cancellationToken);
        made.ChangeTracker.Clear();
    }
}
