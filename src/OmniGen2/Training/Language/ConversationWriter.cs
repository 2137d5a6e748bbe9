using OmniGen2.Tokenization;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Training.Language;

/// <summary>Words to ids, exactly as the pipeline's two paths encode them.</summary>
/// <param name="template">Of the checkpoint.</param>
/// <param name="pictureTokens">Tokens of one picture of the world.</param>
internal sealed class ConversationWriter(PromptTemplate template, int pictureTokens)
{
    private readonly int _endId = template.Tokenizer.IdOf("<|im_end|>");

    // Only its number of pictures counts.
    private readonly RgbImage _anyPicture = new(1, 1);

    public BytePairTokenizer Tokenizer => template.Tokenizer;

    /// <summary>A prompt for the picture model; nothing answers it.</summary>
    public Conversation Drawing(string prompt)
    {
        var ids = template.Encode(PromptTemplate.ForImage(prompt));
        var words = End(template.Encode(PromptTemplate.ForImage("")));
        return new Conversation(ids, words, words, End(ids), ids.Length, prompt);
    }

    /// <summary>The last message of a chat, and the answer.</summary>
    /// <param name="message">What the user writes.</param>
    /// <param name="pictures">Those of the first turn.</param>
    /// <param name="answer">Words, or <see cref="ChatTask.PictureToken"/>.</param>
    /// <param name="earlier">Messages before, with their answers.</param>
    public Conversation Chat(string message, int pictures, string answer, params IReadOnlyList<(string Message, string Answer)> earlier)
    {
        var ids = Encode(earlier, message, pictures);
        var words = End(Encode(earlier, "", pictures));
        var trunk = earlier.Count == 0 ? words : End(Encode([], "", pictures));
        var said = answer == ChatTask.PictureToken ? [template.ImageRequestId] : Tokenizer.EncodePlain(answer);
        return new Conversation([.. ids, .. said, _endId], trunk, words, End(ids), ids.Length, message);
    }

    private int[] Encode(IReadOnlyList<(string Message, string Answer)> earlier, string message, int pictures)
    {
        var turns = earlier
            .SelectMany(turn => new[] { new ChatTurn(ChatRole.User, turn.Message), new ChatTurn(ChatRole.Assistant, turn.Answer) })
            .Append(new ChatTurn(ChatRole.User, message))
            .ToList();
        turns[0] = turns[0] with { Images = [.. Enumerable.Repeat(_anyPicture, pictures)] };
        return template.Encode(PromptTemplate.ForChat(turns), [.. Enumerable.Repeat(pictureTokens, pictures)]);
    }

    // The end mark of the user's words, the last in a prompt. Without words it stands where they would begin.
    private int End(int[] ids) => Array.LastIndexOf(ids, _endId);
}
