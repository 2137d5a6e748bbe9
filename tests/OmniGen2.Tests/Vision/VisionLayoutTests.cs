using OmniGen2.Models.Vision;
using OmniGen2.Tests.Language;

namespace OmniGen2.Tests.Vision;

public class VisionLayoutTests
{
    [Theory]
    [InlineData("image_a", "a")]
    [InlineData("image_b", "b")]
    [InlineData("images_ab", "ab")]
    [InlineData("images_ba", "ba")]
    public void Windows_lie_side_by_side_in_the_originals_order(string name, string images)
    {
        var golden = QwenCases.Open(name);
        var layout = VisionLayout.Of([.. images.Select(i => ImageGrid.Of(QwenCases.Image($"{i}")))], QwenCases.Config.Vision);
        Assert.Equal(golden.Longs("vision.window_index"), layout.Order.Select(i => (long)i));
        Assert.Equal(golden.Longs("vision.cu_window_seqlens"), layout.WindowStarts.Select(i => (long)i));
        Assert.Equal(golden.Longs("vision.cu_seqlens"), layout.ImageStarts.Select(i => (long)i));
    }

    [Theory]
    [MemberData(nameof(QwenCases.Batches), MemberType = typeof(QwenCases))]
    public void The_pictures_of_a_batch_are_ordered_one_after_the_other(string batch)
    {
        var golden = QwenCases.Open(batch);
        var grids = QwenCases.Rows(batch).SelectMany(r => r.Prompt.Images).Select(ImageGrid.Of).ToList();
        var expected = golden.Has("vision.window_index") ? golden.Longs("vision.window_index") : [];
        Assert.Equal(expected, VisionLayout.Of(grids, QwenCases.Config.Vision).Order.Select(i => (long)i));
    }

    [Fact]
    public void Equal_neighbours_share_a_batch()
    {
        var layout = VisionLayout.Of([new ImageGrid(8, 10)], QwenCases.Config.Vision);                // 4 × 5 tokens in windows of 2 × 2
        Assert.Equal([new(0, 16, 2), new(32, 8, 1), new(40, 16, 2), new(72, 8, 1)], layout.Windows);
        Assert.Equal([new(0, 80, 1)], layout.Images);
        Assert.Equal([new(0, 16, 4)], VisionLayout.Of([new ImageGrid(8, 8)], QwenCases.Config.Vision).Windows);
    }
}
