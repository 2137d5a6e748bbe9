namespace OmniGen2.Cli.Tests;

/// <summary>Somebody who watches the progress and presses Ctrl-C at a certain moment.</summary>
internal sealed class StoppingWriter(string moment, CancellationTokenSource stop) : StringWriter
{
    public override void Write(string? value)
    {
        base.Write(value);
        if (value?.Contains(moment, StringComparison.Ordinal) == true)
        {
            stop.Cancel();
        }
    }
}
