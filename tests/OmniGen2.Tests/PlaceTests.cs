namespace OmniGen2.Tests;

public sealed class PlaceTests
{
    [Fact]
    public void Runs() => Assert.Equal(10, Environment.Version.Major);
}
