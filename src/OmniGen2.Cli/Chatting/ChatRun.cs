using OmniGen2.Cli.Generation;
using OmniGen2.Cli.Shell;

namespace OmniGen2.Cli.Chatting;

/// <summary>One question from the command line, or a conversation from stdin, a line a turn.</summary>
internal sealed class ChatRun(ChatArguments arguments, Terminal terminal)
{
    private const string Help = "A line is a message. /image FILE adds a picture to the next one, /new forgets the conversation, /quit ends.";

    public int Run()
    {
        WholeFile.CheckPlace("--out", arguments.Out ?? ChatArguments.DefaultOut, ".png");
        ReferencePicture[] pictures = [.. arguments.Images.Select(ReferencePicture.Open)];
        using var progress = new ProgressLine(terminal, arguments.IsQuiet);
        using var pipeline = ModelLoader.Load(arguments.Model, arguments.Precision, progress, arguments.Residency, arguments.Weights, arguments.Graphs);
        var conversation = new Conversation(pipeline, arguments, terminal, progress);
        foreach (var picture in pictures)
        {
            conversation.Attach(picture);
        }

        if (arguments.Prompt is { } prompt)
        {
            conversation.Say(prompt);
        }
        else
        {
            Converse(conversation);
        }

        return ExitCode.Done;
    }

    private void Converse(Conversation conversation)
    {
        if (terminal.IsTyped && !arguments.IsQuiet)
        {
            terminal.Error.WriteLine(Help);
        }

        while (ReadLine() is { } line && line.Trim() is not "/quit")
        {
            try
            {
                Take(conversation, line.Trim());
            }
            catch (ModelException e) when (terminal.IsTyped)
            {
                // Somebody is there to do better with the next line.
                terminal.Error.WriteLine(e.Message);
            }
        }
    }

    private static void Take(Conversation conversation, string line)
    {
        const string attach = "/image ";
        if (line.StartsWith(attach, StringComparison.Ordinal))
        {
            conversation.Attach(ReferencePicture.Open(line[attach.Length..].Trim()));
        }
        else if (line == "/new")
        {
            conversation.Restart();
        }
        else if (line.StartsWith('/') && !line.Contains(' '))
        {
            throw new ModelException($"There is no command '{line}'. {Help}");
        }
        else if (line.Length > 0)
        {
            conversation.Say(line);
        }
    }

    // Reading cannot be interrupted, so it waits on a thread of its own and Ctrl-C leaves it behind.
    private string? ReadLine()
    {
        if (terminal.IsTyped)
        {
            terminal.Error.Write("> ");
            terminal.Error.Flush();
        }

        return Task.Run(terminal.Input.ReadLine).WaitAsync(terminal.Stop).GetAwaiter().GetResult();
    }
}
