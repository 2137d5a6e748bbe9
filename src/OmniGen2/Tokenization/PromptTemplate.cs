using System.Globalization;

namespace OmniGen2.Tokenization;

/// <summary>The two forms in which OmniGen2 reads a prompt. What a person wrote is plain text in both, unless the caller says it is trusted.</summary>
public sealed class PromptTemplate
{
    public const string SystemPrompt = "You are a helpful assistant that generates high-quality images based on user instructions.";

    private const string Start = "<|im_start|>";
    private const string End = "<|im_end|>\n";
    private const string Picture = "<|vision_start|><|image_pad|><|vision_end|>";

    public PromptTemplate(BytePairTokenizer tokenizer)
    {
        Tokenizer = tokenizer;
        ImagePadId = tokenizer.IdOf("<|image_pad|>");
        ImageRequestId = tokenizer.IdOf("<|img|>");

        // So that a foreign tokenizer fails here and not by spelling the template out.
        foreach (var token in (string[])["<|im_start|>", "<|im_end|>", "<|vision_start|>", "<|vision_end|>"])
        {
            tokenizer.IdOf(token);
        }
    }

    public BytePairTokenizer Tokenizer { get; }

    public int ImagePadId { get; }

    /// <summary>An answer that begins with this token asks for a picture.</summary>
    public int ImageRequestId { get; }

    /// <summary>The image pipeline's form: no pictures and no header for an answer. Also that of the negative prompt.</summary>
    public static PromptText ForImage(string prompt, bool trusted = false, string systemPrompt = SystemPrompt) =>
        Turn(System(systemPrompt), ChatRole.User, 0, 0, prompt, trusted);

    /// <summary>The chat pipeline's form of one prompt with this many pictures.</summary>
    public static PromptText ForChat(string prompt, int images = 0, bool trusted = false) =>
        Turn(System(SystemPrompt), ChatRole.User, 0, images, prompt, trusted).Trusted($"{Start}assistant\n");

    /// <summary>The chat form carried on over several turns; pictures are numbered through the thread.</summary>
    public static PromptText ForChat(IReadOnlyList<ChatTurn> turns)
    {
        if (turns is not [.., { Role: ChatRole.User }])
        {
            throw new ModelException("The conversation does not end with a message of the user: add the question to answer.");
        }

        if (turns.Any(turn => turn.Role == ChatRole.Assistant && turn.Images.Count > 0))
        {
            throw new ModelException("An earlier answer in the conversation carries pictures: attach them to the user's next message instead.");
        }

        var prompt = System(SystemPrompt);
        var numbered = 0;
        foreach (var turn in turns)
        {
            Turn(prompt, turn.Role, numbered, turn.Images.Count, turn.Text, trusted: false);
            numbered += turn.Images.Count;
        }

        return prompt.Trusted($"{Start}assistant\n");
    }

    /// <summary>Encodes a prompt and gives each picture as many image pads as it has tokens. Without pictures an image pad stays what it is.</summary>
    /// <param name="prompt">From <see cref="ForImage"/> or <see cref="ForChat(string, int, bool)"/>.</param>
    /// <param name="pictureTokens">Merged units of every picture, in order.</param>
    /// <param name="maxTokens">More is an error, not cut: a cut prompt has lost its end mark and gives a strange picture.</param>
    public int[] Encode(PromptText prompt, IReadOnlyList<int>? pictureTokens = null, int maxTokens = int.MaxValue)
    {
        var ids = Tokenizer.Encode(prompt);
        var pictures = pictureTokens ?? [];
        var pads = ids.Count(id => id == ImagePadId);
        if (pictures.Count > 0 && pads != pictures.Count)
        {
            throw new ModelException($"The prompt has places for {pads} pictures and comes with {pictures.Count}: give one picture for every place.");
        }

        CheckLength(ids.Length + pictures.Sum(count => (long)count - 1), pictures.Sum(count => (long)count), maxTokens);
        return pictures.Count == 0 ? ids : Expand(ids, pictures);
    }

    private int[] Expand(int[] ids, IReadOnlyList<int> pictures)
    {
        var next = 0;
        return [.. ids.SelectMany(id => Enumerable.Repeat(id, id == ImagePadId ? pictures[next++] : 1))];
    }

    private static void CheckLength(long tokens, long ofPictures, int maxTokens)
    {
        if (tokens > maxTokens)
        {
            var pictures = ofPictures > 0 ? $" ({ofPictures} of them for pictures)" : "";
            var remedy = ofPictures > 0 ? "shorten the text, or give fewer or smaller pictures" : "shorten it";
            throw new ModelException(string.Create(
                CultureInfo.InvariantCulture,
                $"The prompt has {tokens} tokens{pictures}, template included, and at most {maxTokens} are read: {remedy}."));
        }
    }

    private static PromptText System(string text) => new PromptText().Trusted($"{Start}system\n{text}{End}");

    private static PromptText Turn(PromptText prompt, ChatRole role, int numbered, int images, string text, bool trusted)
    {
        var marks = Enumerable.Range(numbered + 1, images).Select(number => $"<img{number}>: {Picture}");
        prompt.Trusted($"{Start}{(role == ChatRole.User ? "user" : "assistant")}\n{string.Concat(marks)}");
        return (trusted ? prompt.Trusted(text) : prompt.Plain(text)).Trusted(End);
    }
}
