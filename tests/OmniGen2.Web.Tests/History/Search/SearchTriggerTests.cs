using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.History;
using static OmniGen2.Web.Tests.History.Some;

namespace OmniGen2.Web.Tests.History.Search;

/// <summary>The index of words follows every change of a picture, whoever makes it.</summary>
public sealed class SearchTriggerTests : IAsyncLifetime
{
    private TestStudio? _studio;

    public async Task InitializeAsync() => _studio = await TestStudio.Start(FakePipeline.Held());

    public async Task DisposeAsync() => await _studio!.DisposeAsync();

    [Fact]
    public async Task Every_change_of_a_picture_is_found_at_once()
    {
        var picture = Picture("a red circle");
        var board = Guid.NewGuid();
        await Keep(picture);
        await Change(x => (x.IsStarred, x.Rating, x.Description) = (true, 3, "a lantern"));
        Assert.Equal(1, Count("is:starred rating:3 lantern"));
        await Change(x => (x.IsStarred, x.Rating, x.Description) = (false, 0, null));
        Assert.Equal((0, 0, 0), (Count("is:starred"), Count("rating:3"), Count("lantern")));

        await _studio!.Change(async db => await db.AddRangeAsync(new TagRow { PictureId = picture.Id, Tag = "logo" }, new TagRow { PictureId = picture.Id, Tag = "print" }));
        await _studio.Change(async db => await db.AddAsync(new BoardPictureRow { BoardId = board, PictureId = picture.Id, AddedAt = Noon }));
        Assert.Equal((1, 1), (Count("tag:logo tag:print"), Count("print")));
        await _studio.Change(db => db.Tags.Where(x => x.Tag == "logo").ExecuteDeleteAsync());
        Assert.Equal((0, 1), (Count("tag:logo"), Count("tag:print")));

        await _studio.Change(db => db.Pictures.ExecuteUpdateAsync(set => set.SetProperty(x => x.DeletedAt, DateTimeOffset.UtcNow)));
        Assert.Equal((0, 1), (Count("red"), Count("red is:trashed")));
        await _studio.Change(db => db.Pictures.ExecuteDeleteAsync());
        Assert.Equal(0, Count("is:trashed"));
        await AssertSound();
        await _studio.Change(async db => Assert.Equal((0, 0), (await db.Tags.CountAsync(), await db.BoardPictures.CountAsync())));
    }

    [Fact]
    public async Task Pictures_of_one_millisecond_are_told_apart_and_a_late_one_finds_its_place()
    {
        await Keep([.. Enumerable.Range(0, 50).Select(x => Picture($"same {x}"))]);
        await Keep(Picture("older", age: 3));
        var search = _studio!.Service<PictureSearch>();
        var result = search.Find("");
        var pictures = search.Page(result, 0, 100);
        Assert.Equal(51, pictures.Select(x => x.Id).Distinct().Count());
        Assert.Equal("older", pictures[^1].Prompt);
        await AssertSound();
    }

    [Fact]
    public async Task Pictures_and_tags_of_one_change_belong_together_in_any_order()
    {
        var picture = Picture();
        await _studio!.Change(async db =>
        {
            await db.Tags.AddAsync(new TagRow { PictureId = picture.Id, Tag = "logo" });
            await db.SaveChangesAsync();
            await db.Pictures.AddAsync(picture);
        });
        Assert.Equal(1, Count("tag:logo logo"));
        await AssertSound();
    }

    [Fact]
    public async Task Pictures_from_before_the_index_are_in_it()
    {
        using var disk = new TemporaryFolder();
        await using (var before = await TestStudio.Start(FakePipeline.Held(), disk))
        {
            await before.Keep(Picture("a red circle"), Picture("a blue star", age: 1));
            await before.Change(db => db.Database.MigrateAsync("20261121054707_Studio"));
        }

        await using var after = await TestStudio.Start(FakePipeline.Held(), disk);
        var search = after.Service<PictureSearch>();
        Assert.Equal(["a red circle", "a blue star"], search.Page(search.Find(""), 0, 10).Select(x => x.Prompt));
        Assert.Equal(1, search.Count(search.Parse("star")));
    }

    private Task Keep(params PictureRow[] pictures) => _studio!.Keep(pictures);

    private Task Change(Action<PictureRow> change) => _studio!.Change(async db => change(await db.Pictures.SingleAsync()));

    private int Count(string text) => _studio!.Service<PictureSearch>().Find(text).Count;

    /// <summary>FTS5's own comparison of the index with the pictures.</summary>
    private Task AssertSound() => _studio!.Change(db => db.Database.ExecuteSqlRawAsync("INSERT INTO PictureSearch(PictureSearch, rank) VALUES ('integrity-check', 1)"));
}
