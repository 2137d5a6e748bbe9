using OmniGen2.Cli.Shell;

namespace OmniGen2.Cli.Tests;

public sealed class ProgressLineTests : IDisposable
{
    private readonly HandClock _clock = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _error.Dispose();

    [Fact]
    public void Watched_line_tells_phase_step_rate_and_time_left()
    {
        using var progress = new ProgressLine(Terminal(watched: true), quiet: false);
        progress.Begin("Drawing", 50);
        _clock.Seconds = 4;
        progress.Advance(10);
        Assert.EndsWith("\rDrawing  step 10/50  2.5 it/s  16 s left\u001b[K", _error.ToString());
        Assert.DoesNotContain("\n", _error.ToString());
    }

    [Fact]
    public void Log_gets_one_line_for_each_phase()
    {
        using (var progress = new ProgressLine(Terminal(watched: false), quiet: false))
        {
            progress.Begin("Loading");
            _clock.Seconds = 2;
            progress.Begin("Drawing", 2);
            _clock.Seconds = 12;
            progress.Advance(1);
            progress.Advance(2);
            progress.End();
        }

        Assert.Equal(["Loading  2.0 s", "Drawing  step 2/2  0.200 it/s  10 s"], _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Quiet_is_silent(bool watched)
    {
        using (var progress = new ProgressLine(Terminal(watched), quiet: true))
        {
            progress.Begin("Drawing", 2);
            progress.Advance(1);
            progress.End();
            progress.Begin("Saving");
        }

        Assert.Empty(_error.ToString());
    }

    [Fact]
    public void Unfinished_phase_leaves_no_text_on_the_line()
    {
        using (var progress = new ProgressLine(Terminal(watched: true), quiet: false))
        {
            progress.Begin("Drawing", 2);
        }

        Assert.EndsWith("\r\u001b[K", _error.ToString());
    }

    [Theory]
    [InlineData(4.26, "4.3 s")]
    [InlineData(42.4, "42 s")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(7500, "2 h 05 min")]
    public void Time_is_said_as_people_say_it(double seconds, string text) =>
        Assert.Equal(text, ProgressLine.Duration(TimeSpan.FromSeconds(seconds)));

    private Terminal Terminal(bool watched) => new(TextReader.Null, TextWriter.Null, _error) { IsWatched = watched, Clock = _clock };

    private sealed class HandClock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => (long)(Seconds * 1000);
    }
}
