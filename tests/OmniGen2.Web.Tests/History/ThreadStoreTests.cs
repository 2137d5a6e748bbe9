using Microsoft.Extensions.DependencyInjection;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Tests.History;

public sealed class ThreadStoreTests
{
    [Fact]
    public async Task A_thread_is_named_after_its_first_words_searched_renamed_deleted_and_brought_back()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var threads = Threads(studio);
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        await threads.Say(first, "What is\n in this <b>picture</b>?", [Guid.NewGuid()], owner: null, default);
        await threads.Say(second, "draw a star", [], owner: null, default);

        Assert.Equal(["draw a star", "What is in this <b>picture</b>?"], (await threads.List("", 10, default)).Select(t => t.Title));
        Assert.Equal(first, Assert.Single(await threads.List("PICTURE", 10, default)).Id);
        Assert.Empty(await threads.List("%", 10, default));

        await threads.Rename(first, "Shapes", default);
        await threads.Delete(first, default);
        Assert.Null(await threads.Find(first, default));
        Assert.Single(await threads.List("", 10, default));
        await threads.Restore(first, default);
        Assert.Equal(("Shapes", true), ((await threads.Find(first, default))!.Title, (await threads.Find(first, default))!.IsNamed));
    }

    [Fact]
    public async Task What_is_taken_back_goes_with_all_that_followed()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var threads = Threads(studio);
        var (thread, picture) = (Guid.NewGuid(), Guid.NewGuid());
        await threads.Say(thread, "one", [picture], owner: null, default);
        await threads.Say(thread, "two", [picture], owner: null, default);
        await threads.Say(thread, "three", [], owner: null, default);
        var second = (await threads.Messages(thread, default))[1].Row;

        await threads.TakeBack(thread, second.Place, default);

        var left = Assert.Single(await threads.Messages(thread, default));
        Assert.Equal("one", left.Row.Text);
        Assert.Equal([picture], left.Pictures);
    }

    private static ThreadStore Threads(WebStudio studio)
    {
        _ = studio.Server;
        return studio.Services.GetRequiredService<ThreadStore>();
    }
}
