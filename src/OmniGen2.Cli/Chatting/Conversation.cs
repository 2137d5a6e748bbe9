using System.Text;
using OmniGen2.Cli.Generation;
using OmniGen2.Cli.Shell;

namespace OmniGen2.Cli.Chatting;

/// <summary>What has been said, with its pictures. A drawn answer is attached to the next message, so that it can be talked about and changed.</summary>
internal sealed class Conversation(OmniGen2Pipeline pipeline, ChatArguments arguments, Terminal terminal, ProgressLine progress)
{
    private const int MaxReferenceSide = 1024;

    private readonly List<ChatTurn> _turns = [];
    private readonly List<ReferencePicture> _attached = [];

    /// <summary>Pictures of the last message that had any: what a drawing starts from.</summary>
    private List<ReferencePicture> _references = [];

    private int _drawn;

    public void Attach(ReferencePicture picture) => _attached.Add(picture);

    public void Restart()
    {
        _turns.Clear();
        _attached.Clear();
        _references.Clear();
    }

    /// <summary>Asks and shows the answer. A message that fails is not part of the conversation.</summary>
    public void Say(string text)
    {
        ChatTurn[] turns = [.. _turns, new ChatTurn(ChatRole.User, text) { Images = [.. _attached.Select(p => p.Image)] }];
        var (answer, wantsPicture) = Answer(turns);
        var references = _attached.Count > 0 ? [.. _attached] : _references;
        var picture = wantsPicture ? Draw(text, turns, references) : null;

        _turns.Clear();
        _turns.AddRange([.. turns, new ChatTurn(ChatRole.Assistant, answer)]);
        _references = references;
        _attached.Clear();
        if (picture is not null)
        {
            _attached.Add(picture);
        }
    }

    private (string Text, bool WantsPicture) Answer(ChatTurn[] turns)
    {
        progress.Begin("Reading");
        var text = new StringBuilder();
        var wantsPicture = false;
        foreach (var delta in pipeline.Chat(new ChatRequest { Turns = turns, MaxNewTokens = arguments.MaxNewTokens }))
        {
            terminal.Stop.ThrowIfCancellationRequested();
            progress.End();
            wantsPicture |= delta is ChatDelta.ImageRequested;
            if (delta is ChatDelta.Text { Value: var piece })
            {
                text.Append(piece);
                terminal.Output.Write(piece);
                terminal.Output.Flush();
            }
        }

        if (!wantsPicture)
        {
            terminal.Output.WriteLine();
        }

        return (text.ToString(), wantsPicture);
    }

    private ReferencePicture Draw(string prompt, ChatTurn[] turns, List<ReferencePicture> references)
    {
        var info = pipeline.Info;
        var request = info.Request(prompt) with
        {
            Images = [.. references.Select(r => r.Image)],
            MaxReferenceSide = Math.Min(MaxReferenceSide, info.MaxSize),
            TextGuidance = references.Count > 0 ? info.EditTextGuidance : info.TextGuidance,
            Seed = _drawn,
            FromChat = true,
            Turns = turns,
        };
        var path = arguments.OutOf(_drawn);
        var drawing = new Drawing(pipeline, terminal, progress);
        drawing.Save(path, request, drawing.Run(request, new ParityOptions()), [.. references.Select(r => r.Sha256)]);
        _drawn++;
        return ReferencePicture.Open(path);
    }
}
