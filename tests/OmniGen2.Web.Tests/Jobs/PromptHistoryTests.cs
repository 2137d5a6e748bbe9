using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Tests.Jobs;

public sealed class PromptHistoryTests
{
    [Fact]
    public async Task Prompts_come_newest_first_once_and_without_the_words_of_a_style()
    {
        await using var studio = await TestStudio.Start(new FakePipeline());
        await studio.Queue.Enqueue(TestStudio.Request("a red star"));
        await studio.Queue.Enqueue(new PictureRequest { Generation = TestStudio.Request("a blue ring, soft light"), Written = "a blue ring", Count = 2 });
        await studio.Queue.Enqueue(TestStudio.Request("a red star"));
        var unreadable = new JobRow { Id = Guid.NewGuid(), Kind = JobKind.Picture, Place = 99, Request = "of another version", CreatedAt = default, State = JobState.Done };
        await studio.Change(db => db.Jobs.AddAsync(unreadable).AsTask());

        var history = studio.Service<PromptHistory>();
        Assert.Equal(["a red star", "a blue ring"], await history.Latest(PictureKind.Created, owner: null, 10, default));
        Assert.Empty(await history.Latest(PictureKind.Edited, owner: null, 10, default));
    }
}
