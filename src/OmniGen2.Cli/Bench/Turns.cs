namespace OmniGen2.Cli.Bench;

/// <summary>Runs take place when the parent process says so, a line for each; so two processes are measured by turns, and what else the machine does meets both.</summary>
internal sealed class Turns(TextReader input, TextWriter output)
{
    public const string Done = "done";

    public void Wait()
    {
        if (input.ReadLine() is null)
        {
            throw new ModelException("Nobody asks for the next run any more: the process that started this one has ended.");
        }
    }

    public void Finish()
    {
        output.WriteLine(Done);
        output.Flush();
    }
}
