using Microsoft.EntityFrameworkCore;

namespace OmniGen2.Web.History;

/// <summary>A tag and how many pictures have it.</summary>
public sealed record TagSummary(string Tag, int Count);

/// <summary>The words that people put on pictures.</summary>
public sealed class PictureTags(IDbContextFactory<HistoryDb> history, PictureSearch search, Gallery gallery)
{
    /// <summary>The most used tags, by name.</summary>
    public IReadOnlyList<TagSummary> Most(int count)
    {
        using var db = history.CreateDbContext();
        var most = db.Tags.GroupBy(x => x.Tag).OrderByDescending(x => x.Count()).ThenBy(x => x.Key).Take(count).Select(x => x.Key).ToList();
        return [.. most.Select(x => new TagSummary(x, search.CountMark(SearchParser.TagMark(x)))).Where(x => x.Count > 0).OrderBy(x => x.Tag, StringComparer.Ordinal)];
    }

    /// <summary>The tags of these pictures and how many of them have each, by name.</summary>
    public IReadOnlyList<TagSummary> Of(IReadOnlyCollection<Guid> pictures)
    {
        using var db = history.CreateDbContext();
        return [.. db.Tags.Where(x => pictures.Contains(x.PictureId)).GroupBy(x => x.Tag).OrderBy(x => x.Key).Select(x => new TagSummary(x.Key, x.Count()))];
    }

    /// <summary>A text that is no tag is a <see cref="ModelException"/>.</summary>
    /// <returns>The tag as it is written, and the pictures that did not have it.</returns>
    public async Task<(string Tag, IReadOnlyList<Guid> Added)> Add(IReadOnlyCollection<Guid> pictures, string text, CancellationToken cancellationToken = default)
    {
        var tag = TagName.Of(text);
        if (tag.Length == 0)
        {
            throw new ModelException("A tag needs at least one letter or digit.");
        }

        await using var db = await history.CreateDbContextAsync(cancellationToken);
        var known = await db.Tags.Where(x => x.Tag == tag && pictures.Contains(x.PictureId)).Select(x => x.PictureId).ToListAsync(cancellationToken);
        List<Guid> added = [.. pictures.Distinct().Except(known)];
        db.Tags.AddRange(added.Select(x => new TagRow { PictureId = x, Tag = tag }));
        await db.SaveChangesAsync(cancellationToken);
        gallery.Tell();
        return (tag, added);
    }

    /// <returns>Those that had it.</returns>
    public async Task<IReadOnlyList<Guid>> Remove(IReadOnlyCollection<Guid> pictures, string tag, CancellationToken cancellationToken = default)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        var rows = await db.Tags.Where(x => x.Tag == tag && pictures.Contains(x.PictureId)).ToListAsync(cancellationToken);
        db.RemoveRange(rows);
        await db.SaveChangesAsync(cancellationToken);
        gallery.Tell();
        return [.. rows.Select(x => x.PictureId)];
    }
}
