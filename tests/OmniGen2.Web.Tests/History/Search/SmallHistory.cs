using OmniGen2.Web.History;
using static OmniGen2.Web.Tests.History.Some;

namespace OmniGen2.Web.Tests.History.Search;

/// <summary>Six pictures that differ in all that can be asked for.</summary>
public sealed class SmallHistory : IAsyncLifetime
{
    private TestStudio? _studio;

    public PictureSearch Search => _studio!.Service<PictureSearch>();

    public async Task InitializeAsync()
    {
        _studio = await TestStudio.Start(FakePipeline.Held());
        var circle = Picture("a red circle", age: 1, seed: 42);
        var star = Picture("two blue stars, red sky", age: 40, size: (1024, 768), kind: PictureKind.Edited, negative: "blurry, low quality");
        var fox = Picture("一只红色的狐狸在雪地里", age: 400, model: "omnigen2-7b", partial: true);
        var café = Picture("le café \"Zürich\" at 16:9", age: 3, seed: 7);
        var upload = Picture("holiday.jpg", age: 2, kind: PictureKind.Upload);
        var gone = Picture("a red triangle", age: 5);
        (circle.Rating, star.Rating, star.IsStarred, café.Description) = (4, 5, true, "a coffee house with green chairs");
        gone.DeletedAt = DateTimeOffset.UtcNow;           // what lies in the trash for long is swept out of it
        var autumn = new BoardRow { Id = Guid.NewGuid(), Name = "Autumn campaign", CreatedAt = Noon };
        await _studio.Keep(circle, star, fox, café, upload, gone);
        await _studio.Change(async db =>
        {
            await db.Tags.AddRangeAsync(new TagRow { PictureId = circle.Id, Tag = "logo" }, new TagRow { PictureId = star.Id, Tag = "logo-draft" }, new TagRow { PictureId = fox.Id, Tag = "狐狸" });
            await db.Boards.AddAsync(autumn);
            await db.BoardPictures.AddAsync(new BoardPictureRow { BoardId = autumn.Id, PictureId = star.Id, AddedAt = Noon });
        });
    }

    public async Task DisposeAsync() => await _studio!.DisposeAsync();
}
