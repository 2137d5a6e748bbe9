using System.Collections.Concurrent;
using OmniGen2.Tokenization;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Training.Language;

/// <summary>Words to ids, exactly as the pipeline's two paths encode them.</summary>
/// <param name="template">Of the checkpoint.</param>
/// <param name="pictureTokens">Tokens of one picture of the world.</param>
internal sealed class ConversationWriter(PromptTemplate template, int pictureTokens)
{
    // The bare template by form: its length, and where words would stand.
    private readonly ConcurrentDictionary<int, (int Words, int Tail)> _frames = new();

    private readonly int _endId = template.Tokenizer.IdOf("<|im_end|>");

    public BytePairTokenizer Tokenizer => template.Tokenizer;

    public int PictureTokens => pictureTokens;

    /// <summary>A prompt for the picture model; nothing answers it.</summary>
    public Conversation Drawing(string prompt)
    {
        var frame = _frames.GetOrAdd(-1, _ => Frame(template.Encode(PromptTemplate.ForImage(""))));
        var ids = template.Encode(PromptTemplate.ForImage(prompt));
        return new Conversation(ids, frame.Words, ids.Length - frame.Tail, ids.Length, prompt);
    }

    /// <summary>A message of a chat with its pictures, and the answer.</summary>
    public Conversation Chat(string message, int pictures, string answer)
    {
        int[] tokens = [.. Enumerable.Repeat(pictureTokens, pictures)];
        var frame = _frames.GetOrAdd(pictures, count => Frame(template.Encode(PromptTemplate.ForChat("", count), tokens)));
        var ids = template.Encode(PromptTemplate.ForChat(message, pictures), tokens);
        var said = answer == ChatTask.PictureToken ? [template.ImageRequestId] : Tokenizer.EncodePlain(answer);
        return new Conversation([.. ids, .. said, _endId], frame.Words, ids.Length - frame.Tail, ids.Length, message);
    }

    // Without words the message ends where it would begin.
    private (int Words, int Tail) Frame(int[] bare)
    {
        var words = Array.LastIndexOf(bare, _endId);
        return (words, bare.Length - words);
    }
}
