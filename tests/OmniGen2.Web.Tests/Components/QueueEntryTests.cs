using OmniGen2.Web.Components.Pages.Queue;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Tests.Components;

public sealed class QueueEntryTests
{
    [Fact]
    public void Batch_is_one_entry_though_others_take_turns_between_its_pictures()
    {
        var batch = Guid.NewGuid();
        var jobs = new[] { Job(batch), Job(null), Job(batch), Job(null) };
        var entries = QueueEntry.Of(new QueueState([], jobs));
        Assert.Equal([2, 1, 1], entries.Select(x => x.Jobs.Count));
        Assert.Equal([jobs[0], jobs[2]], entries[0].Jobs);
        Assert.Equal(3, entries.Select(x => x.Key).Distinct().Count());
    }

    private static Job Job(Guid? batch) =>
        new(Guid.NewGuid(), new PictureRequest { Generation = TestStudio.Request() }, DateTimeOffset.UnixEpoch) { Batch = batch };
}
