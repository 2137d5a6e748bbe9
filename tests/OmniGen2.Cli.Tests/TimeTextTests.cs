using OmniGen2.Cli.Shell;

namespace OmniGen2.Cli.Tests;

public sealed class TimeTextTests
{
    [Theory]
    [InlineData("90m", 5400)]
    [InlineData("1h30m", 5400)]
    [InlineData("45s", 45)]
    [InlineData("1.5h", 5400)]
    [InlineData("2h0m1s", 7201)]
    public void Times_are_read_as_people_type_them(string text, double seconds) => Assert.Equal(seconds, TimeText.Read(text)!.Value.TotalSeconds);

    [Theory]
    [InlineData("")]
    [InlineData("90")]
    [InlineData("-5m")]
    [InlineData("30m1h")]
    [InlineData("1,5h")]
    [InlineData("999999h")]
    [InlineData("5m\n")]
    public void Others_are_none(string text) => Assert.Null(TimeText.Read(text));
}
