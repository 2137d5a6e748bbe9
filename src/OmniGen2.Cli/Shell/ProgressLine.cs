using static System.FormattableString;

namespace OmniGen2.Cli.Shell;

/// <summary>
/// Where the work stands, on stderr: phase, step n/N, steps a second, time left. Somebody who watches sees one line that is rewritten;
/// a log gets one line for each phase when it is over.
/// </summary>
internal sealed class ProgressLine(Terminal terminal, bool quiet) : IDisposable
{
    private string? _phase;
    private string _task = "";
    private long _begin;
    private int _index;
    private int _count;
    private int _before;

    /// <summary>Put before every phase from here on, e.g. which picture of several is being made.</summary>
    public string Task
    {
        get => _task;
        set
        {
            End();
            _task = value;
        }
    }

    /// <summary>A phase begins; the one before is over.</summary>
    /// <param name="phase">What is done now.</param>
    /// <param name="count">Its steps, 0 when they cannot be told.</param>
    /// <param name="before">Steps that were done before anybody could say so; they do not count for the speed.</param>
    public void Begin(string phase, int count = 0, int before = 0)
    {
        End();
        (_phase, _index, _before, _count, _begin) = (phase, before, before, count, terminal.Clock.GetTimestamp());
        Rewrite(Text(left: true));
    }

    /// <summary>So many steps of the phase are done.</summary>
    public void Advance(int index)
    {
        _index = index;
        Rewrite(Text(left: true));
    }

    /// <summary>The phase is over; nothing is written for one that was never begun.</summary>
    public void End()
    {
        if (_phase is null)
        {
            return;
        }

        var done = $"{Text(left: false)}  {Duration(Elapsed)}";
        _phase = null;
        if (terminal.IsWatched)
        {
            Rewrite("");
        }
        else if (!quiet)
        {
            terminal.Error.WriteLine(done);
        }
    }

    /// <summary>A sentence that stays, on a line of its own.</summary>
    public void Say(string sentence)
    {
        Rewrite("");
        if (!quiet)
        {
            terminal.Error.WriteLine(sentence);
        }
    }

    /// <summary>Whatever was being shown is taken away, so that what is written next has a line of its own.</summary>
    public void Dispose()
    {
        if (_phase is not null)
        {
            _phase = null;
            Rewrite("");
        }
    }

    /// <summary>A time as people say it.</summary>
    internal static string Duration(TimeSpan time) => time.TotalSeconds switch
    {
        < 10 => Invariant($"{time.TotalSeconds:0.0} s"),
        < 60 => Invariant($"{time.TotalSeconds:0} s"),
        < 3600 => Invariant($"{(int)time.TotalMinutes} min {time.Seconds:00} s"),
        _ => Invariant($"{(int)time.TotalHours} h {time.Minutes:00} min"),
    };

    private TimeSpan Elapsed => terminal.Clock.GetElapsedTime(_begin);

    private string Text(bool left)
    {
        var text = _task.Length == 0 ? _phase! : $"{_task}: {_phase}";
        if (_count == 0)
        {
            return text;
        }

        text += $"  step {_index}/{_count}";
        var seconds = Elapsed.TotalSeconds;
        if (_index == _before || seconds <= 0)
        {
            return text;
        }

        var rate = (_index - _before) / seconds;
        text += rate < 1 ? Invariant($"  {rate:0.000} it/s") : Invariant($"  {rate:0.0} it/s");
        return left && _index < _count ? $"{text}  {Duration(TimeSpan.FromSeconds((_count - _index) / rate))} left" : text;
    }

    private void Rewrite(string text)
    {
        if (terminal.IsWatched && !quiet)
        {
            terminal.Rewrite(text);
        }
    }
}
