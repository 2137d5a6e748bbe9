using OmniGen2.Models.Diffusion;

namespace OmniGen2.Tests.Diffusion;

public class TokenPositionsTests
{
    [Fact]
    public void Sequence_goes_on_behind_the_longer_side_of_each_reference()
    {
        var positions = TokenPositions.Joint(25, [new PatchGrid(64, 64), new PatchGrid(48, 64)], new PatchGrid(64, 64)).ToList();
        Assert.Equal(25 + (64 * 64) + (48 * 64) + (64 * 64), positions.Count);
        Assert.Equal(new TokenPosition(24, 24, 24), positions[24]);
        Assert.Equal(new TokenPosition(25, 0, 0), positions[25]);
        Assert.Equal(new TokenPosition(89, 0, 0), positions[25 + (64 * 64)]);
        Assert.Equal(new TokenPosition(153, 63, 63), positions[^1]);
    }
}
