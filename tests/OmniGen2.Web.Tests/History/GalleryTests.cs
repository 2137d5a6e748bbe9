using Microsoft.EntityFrameworkCore;
using OmniGen2.Imaging;
using OmniGen2.Web.History;
using static OmniGen2.Web.Tests.History.Some;

namespace OmniGen2.Web.Tests.History;

/// <summary>Stars, ratings, tags, boards and the trash.</summary>
public sealed class GalleryTests : IAsyncLifetime
{
    private TestStudio? _studio;
    private PictureRow _first = Picture("first");
    private PictureRow _second = Picture("second", age: 1);

    private Gallery Gallery => _studio!.Service<Gallery>();

    private Boards Boards => _studio!.Service<Boards>();

    private PictureTags Tags => _studio!.Service<PictureTags>();

    private Guid[] Both => [_first.Id, _second.Id];

    public async Task InitializeAsync()
    {
        _studio = await TestStudio.Start(FakePipeline.Held());
        await _studio.Keep(_first, _second);
    }

    public async Task DisposeAsync() => await _studio!.DisposeAsync();

    [Fact]
    public async Task Changes_tell_what_they_changed_so_that_it_can_be_taken_back()
    {
        await Gallery.Star([_first.Id]);
        Assert.Equal([_second.Id], await Gallery.Star(Both));
        Assert.Equal(Both.Order(), (await Gallery.Star(Both, isStarred: false)).Order());

        await Gallery.Rate(new Dictionary<Guid, int> { [_first.Id] = 3 });
        var before = await Gallery.Rate(Both.ToDictionary(x => x, _ => 5));
        Assert.Equal((3, 0), (before[_first.Id], before[_second.Id]));
        await Gallery.Rate(before);
        Assert.Equal(1, Count("rating:3"));
        await Assert.ThrowsAsync<ModelException>(() => Gallery.Rate(new Dictionary<Guid, int> { [_first.Id] = 6 }));

        Assert.Equal([_first.Id], await Gallery.Trash([_first.Id]));
        Assert.Empty(await Gallery.Trash([_first.Id]));
        Assert.Equal((1, 1), (Count(""), Count("is:trashed")));
        Assert.Equal([_first.Id], await Gallery.Restore(Both));
        Assert.Equal((2, 0), (Count(""), Count("is:trashed")));
    }

    [Fact]
    public async Task Whoever_watches_is_told_of_every_kind_of_change()
    {
        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var changes = Gallery.Watch(end.Token).GetAsyncEnumerator(end.Token);
        await changes.MoveNextAsync();
        var board = await Boards.Create("Autumn");
        foreach (var change in new Func<Task>[] { () => Gallery.Star(Both), () => Tags.Add(Both, "x"), () => Boards.Add(board.Id, Both), () => Gallery.Trash(Both) })
        {
            var before = changes.Current;
            await change();
            Assert.True(await changes.MoveNextAsync());
            Assert.True(changes.Current > before);
        }
    }

    [Fact]
    public async Task Tags_are_small_letters_without_spaces_and_counted()
    {
        var (tag, added) = await Tags.Add(Both, "  Night SKY, \"blue\" ");
        Assert.Equal(("night-sky-blue", 2), (tag, added.Count));
        Assert.Empty((await Tags.Add([_first.Id], "Night Sky Blue")).Added);
        await Tags.Add([_first.Id], "logo");
        Assert.Equal([new TagSummary("logo", 1), new TagSummary("night-sky-blue", 2)], Tags.Most(10));
        Assert.Equal([new TagSummary("night-sky-blue", 1)], Tags.Of([_second.Id]));
        Assert.Equal([_second.Id], await Tags.Remove([_second.Id], "night-sky-blue"));
        await Gallery.Trash([_first.Id]);
        Assert.Empty(Tags.Most(10));
        await Assert.ThrowsAsync<ModelException>(() => Tags.Add(Both, " , "));
    }

    [Fact]
    public async Task Boards_are_made_named_filled_and_taken_back_from_the_trash()
    {
        var board = await Boards.Create(" Autumn  \"2026\" ");
        Assert.Equal("Autumn 2026", board.Name);
        Assert.Contains("already", (await Assert.ThrowsAsync<ModelException>(() => Boards.Create("autumn 2026"))).Message, StringComparison.Ordinal);
        Assert.Contains("needs a name", (await Assert.ThrowsAsync<ModelException>(() => Boards.Create(" \" "))).Message, StringComparison.Ordinal);
        Assert.Contains("at most 80", (await Assert.ThrowsAsync<ModelException>(() => Boards.Rename(board.Id, new string('x', 81)))).Message, StringComparison.Ordinal);

        await Boards.Add(board.Id, [_first.Id]);
        Assert.Equal([_second.Id], await Boards.Add(board.Id, Both));
        await Boards.Rename(board.Id, "Winter");
        var summary = Assert.Single(Boards.All());
        Assert.Equal(("Winter", 2, 2), (summary.Name, summary.Count, Count(summary.Search)));

        await Boards.Trash(board.Id);
        Assert.Equal((0, 0, 2), (Boards.All().Count, Count(summary.Search), Count("")));
        await Boards.Restore(board.Id);
        Assert.Equal([_first.Id], await Boards.Remove(board.Id, [_first.Id]));
        Assert.Equal(1, Count(summary.Search));
        await Assert.ThrowsAsync<ModelException>(() => Boards.Add(Guid.NewGuid(), Both));
    }

    [Fact]
    public async Task Cells_say_what_is_missing_partial_or_part_of_a_tree()
    {
        var grey = new RgbImage(64, 64, new byte[64 * 64 * 3]);
        var kept = _studio!.Images.Add(new PictureOrigin(Guid.NewGuid(), PictureKind.Created), new GenerationMetadata { Request = TestStudio.Request("kept"), Model = "fake" }, grey);
        await _studio.Change(db => db.Parents.AddRangeAsync(
            new ParentRow { PictureId = _second.Id, Position = 0, ParentId = _first.Id },
            new ParentRow { PictureId = kept.Id, Position = 0, ParentId = _second.Id },
            new ParentRow { PictureId = kept.Id, Position = 1, ParentId = Guid.NewGuid() }));
        await _studio.Keep(Picture("alone", age: 9));
        var cells = _studio.Service<GalleryPages>().Page(_studio.Service<PictureSearch>().Find(""), 0, 10).ToDictionary(x => x.Name);
        Assert.Equal((3, 3, 3, 1), (cells["first"].TreeSize, cells["second"].TreeSize, cells["kept"].TreeSize, cells["alone"].TreeSize));
        Assert.Equal((true, false), (cells["first"].IsMissing, cells["kept"].IsMissing));
    }

    [Fact]
    public async Task Trash_is_emptied_after_its_time_with_files_and_thumbnails_and_not_before()
    {
        var grey = new RgbImage(64, 64, new byte[64 * 64 * 3]);
        var old = _studio!.Images.Add(new PictureOrigin(Guid.NewGuid(), PictureKind.Created), new GenerationMetadata { Request = TestStudio.Request("old"), Model = "fake" }, grey);
        string[] files = [_studio.Images.FileOf(old)!, _studio.Service<Thumbnails>().FileOf(old)!];
        await Gallery.Trash([old.Id, _first.Id]);
        await _studio.Change(db => db.Pictures.Where(x => x.Id == old.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.DeletedAt, DateTimeOffset.UtcNow.AddDays(-21))));

        var trash = _studio.Service<PictureTrash>();
        Assert.Equal(1, await trash.Sweep(DateTimeOffset.UtcNow.AddDays(-20), default));
        Assert.All(files, x => Assert.False(File.Exists(x)));
        Assert.Equal(1, Count("is:trashed"));
        Assert.Equal(0, await trash.Purge([_second.Id]));
        Assert.Equal(1, await trash.Empty());
        Assert.Equal((0, 1), (Count("is:trashed"), Count("")));
    }

    [Fact]
    public async Task File_that_another_row_needs_outlives_the_trash()
    {
        var png = ImageFile.EncodePng(new RgbImage(64, 64, new byte[64 * 64 * 3]));
        var mine = await _studio!.Images.AddUpload(png, "a.png", owner: "me");
        var yours = await _studio.Images.AddUpload(png, "b.png", owner: "you");
        var words = _studio.Images.FileOf(yours) + ".txt";
        _studio.Images.Describe(yours.Id, "black", owner: "you");
        Assert.NotEqual(mine.Id, yours.Id);
        await Gallery.Trash([mine.Id]);
        await _studio.Service<PictureTrash>().Empty();
        Assert.NotNull(_studio.Images.FileOf(yours));
        Assert.True(File.Exists(words));
        await Gallery.Trash([yours.Id]);
        await _studio.Service<PictureTrash>().Empty();
        Assert.False(File.Exists(words));
    }

    [Fact]
    public async Task Old_boards_leave_the_trash_and_their_pictures_stay()
    {
        var board = await Boards.Create("Old");
        await Boards.Add(board.Id, Both);
        await Boards.Trash(board.Id);
        Assert.Equal(1, await Boards.Sweep(DateTimeOffset.UtcNow.AddDays(1), default));
        Assert.Equal(2, Count(""));
        await _studio!.Change(async db => Assert.Equal(0, await db.BoardPictures.CountAsync()));
    }

    private int Count(string text) => _studio!.Service<PictureSearch>().Find(text).Count;
}
