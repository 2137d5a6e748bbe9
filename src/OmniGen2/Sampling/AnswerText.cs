using OmniGen2.Tokenization;

namespace OmniGen2.Sampling;

/// <summary>
/// Turns the tokens of an answer into deltas. The token that ends an answer is not shown. A request for a picture counts only at the very
/// beginning, so text that may still become one is held back.
/// </summary>
internal sealed class AnswerText(PromptTemplate template)
{
    private const string ImageRequest = "<|img|>";
    private const string TurnEnd = "<|im_end|>";

    private readonly TextStream _stream = new(template.Tokenizer, removed: TurnEnd);
    private readonly int[] _ends = [.. StopStrings.OfChat.Select(template.Tokenizer.IdOf)];
    private string _held = "";
    private bool _hasBegun;

    public bool IsImageRequest { get; private set; }

    /// <summary>Whether the last token was one that ends answers.</summary>
    public bool IsEnded { get; private set; }

    public ChatDelta? Push(int id)
    {
        IsEnded = _ends.Contains(id);
        var isHidden = IsEnded && (_hasBegun || _held.Length > 0 || id != template.ImageRequestId);
        return isHidden ? null : Show(_stream.Push(id), isLast: false);
    }

    /// <summary>What is left when no more tokens come.</summary>
    public ChatDelta? Finish() => IsImageRequest ? null : Show(_stream.Finish(), isLast: true);

    private ChatDelta? Show(string text, bool isLast)
    {
        var held = _held + text;
        if (!_hasBegun && held.StartsWith(ImageRequest, StringComparison.Ordinal))
        {
            _hasBegun = IsImageRequest = true;
            return new ChatDelta.ImageRequested();
        }

        if (!_hasBegun && !isLast && ImageRequest.StartsWith(held, StringComparison.Ordinal))
        {
            _held = held;
            return null;
        }

        _held = "";
        _hasBegun |= held.Length > 0;
        return held.Length > 0 ? new ChatDelta.Text(held) : null;
    }
}
