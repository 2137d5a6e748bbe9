using OmniGen2.Cli.Shell;
using OmniGen2.Training;

namespace OmniGen2.Cli.Training;

/// <summary>A training's progress on stderr: somebody who watches sees one line that is rewritten, a log gets a line every few seconds.</summary>
internal sealed class TrainingProgress : IDisposable
{
    private static readonly TimeSpan LogPause = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan WatchPause = TimeSpan.FromSeconds(0.2);

    private readonly Terminal _terminal;
    private readonly TrainArguments _arguments;
    private readonly TrainingMeter _meter;
    private readonly long _begin;
    private long? _written;
    private bool _isDirty;
    private bool _isBehind;
    private TrainingStep? _told;

    public TrainingProgress(Terminal terminal, TrainArguments arguments, string kind, long steps)
    {
        (_terminal, _arguments) = (terminal, arguments);
        _meter = new TrainingMeter(kind, steps);
        _begin = terminal.Clock.GetTimestamp();
    }

    public void Show(TrainingStep step)
    {
        _meter.Add(step);
        var pause = _terminal.IsWatched ? WatchPause : LogPause;
        if (_written is { } written && _terminal.Clock.GetElapsedTime(written) < pause)
        {
            _isBehind = true;
            return;
        }

        _isBehind = false;
        _written = _terminal.Clock.GetTimestamp();
        Write(Text());
    }

    /// <summary>What is done between two steps, for somebody who watches.</summary>
    public void Doing(string what)
    {
        if (_terminal.IsWatched)
        {
            Write(what);
        }
    }

    /// <summary>A line that stays.</summary>
    public void Say(string text)
    {
        Clear();
        _terminal.Error.WriteLine(text);
    }

    /// <summary>The last step's line stays.</summary>
    public void End()
    {
        Clear();
        if (!_arguments.IsQuiet && (_isBehind || _terminal.IsWatched))
        {
            _terminal.Error.WriteLine(Text());
        }
    }

    public void Dispose() => Clear();

    private string Text()
    {
        var budgetLeft = _arguments.Budget?.Time - _terminal.Clock.GetElapsedTime(_begin);
        var age = _terminal.Clock.GetUtcNow() - TrainingStateFile.Saved(_arguments.Out);

        // A log says a validation once.
        var isNew = _told != _meter.Validated;
        _told = _meter.Validated;
        return _meter.Text(NotNegative(budgetLeft), NotNegative(age), isNew || _terminal.IsWatched);
    }

    private static TimeSpan? NotNegative(TimeSpan? time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;

    private void Write(string text)
    {
        if (_arguments.IsQuiet)
        {
            return;
        }

        if (!_terminal.IsWatched)
        {
            _terminal.Error.WriteLine(text);
            return;
        }

        // The last column stays free: some terminals break the line as soon as it is full.
        _terminal.Rewrite(text.Length < _terminal.Width ? text : text[..(_terminal.Width - 1)]);
        _isDirty = true;
    }

    private void Clear()
    {
        if (_isDirty)
        {
            _terminal.Rewrite("");
            _isDirty = false;
        }
    }
}
