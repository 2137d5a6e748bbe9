using Microsoft.EntityFrameworkCore;
using OmniGen2.Imaging;

namespace OmniGen2.Web.History;

/// <summary>Which pictures were made from which: files name the content that they were made from, and this finds the pictures with that content.</summary>
internal sealed class RebuiltEdges
{
    private const int AtOnce = 1000;

    private readonly Dictionary<string, (Guid Id, DateTimeOffset Created)> _contents = [];
    private readonly List<(Guid Id, IReadOnlyList<string> Parents)> _children = [];

    public void Add(PictureRow row)
    {
        var metadata = GenerationMetadata.Parse(row.Metadata);
        foreach (var content in (metadata.Former ?? []).Append(row.Sha256))
        {
            // Of several with one content the oldest, as when the picture was made.
            if (!_contents.TryGetValue(content, out var other) || row.CreatedAt < other.Created)
            {
                _contents[content] = (row.Id, row.CreatedAt);
            }
        }

        _children.Add((row.Id, metadata.Parents));
    }

    /// <summary>Writes the edges. Where a file names no parents or not all can be found, those of the old database stand.</summary>
    /// <returns>How many.</returns>
    public async Task<int> Write(HistoryDb made, HistoryDb? old, CancellationToken cancellationToken)
    {
        var before = (old is null ? (List<ParentRow>)[] : await old.Parents.AsNoTracking().ToListAsync(cancellationToken)).ToLookup(x => x.PictureId);
        var edges = new List<ParentRow>();
        foreach (var (id, parents) in _children)
        {
            var found = parents.Where(_contents.ContainsKey).Select(x => _contents[x].Id).Distinct().Select((x, i) => new ParentRow { PictureId = id, Position = i, ParentId = x }).ToList();
            var known = before[id].ToList();
            edges.AddRange(known.Count > 0 && (found.Count < known.Count || !parents.All(_contents.ContainsKey)) ? known : found);
        }

        var written = _children.Select(x => x.Id).ToHashSet();
        edges.AddRange(before.Where(x => !written.Contains(x.Key)).SelectMany(x => x));
        foreach (var some in edges.Chunk(AtOnce))
        {
            made.Parents.AddRange(some);
            await made.SaveChangesAsync(cancellationToken);
            made.ChangeTracker.Clear();
        }

        return edges.Count;
    }
}
