namespace OmniGen2.Web.Components.Controls;

/// <summary>A walk through earlier prompts, up to older ones and down to the text that was not sent yet.</summary>
public sealed class PromptWalk
{
    private IReadOnlyList<string> _prompts = [];
    private string _unsent = "";
    private int _at = -1;

    /// <summary>The next older prompt; null at the top.</summary>
    /// <param name="prompts">Newest first; read when a walk begins.</param>
    /// <param name="text">What stands in the box. Other words than the walk put there begin a new one.</param>
    public string? Earlier(IReadOnlyList<string> prompts, string text)
    {
        if (!Stands(text))
        {
            (_prompts, _unsent, _at) = ([.. prompts.Where(x => x != text)], text, -1);
        }

        return _at + 1 < _prompts.Count ? _prompts[++_at] : null;
    }

    /// <summary>The next newer prompt, at the end the unsent text; null when nobody walks.</summary>
    public string? Later(string text)
    {
        if (!Stands(text))
        {
            return null;
        }

        _at--;
        return _at < 0 ? _unsent : _prompts[_at];
    }

    private bool Stands(string text) => _at >= 0 && _at < _prompts.Count && _prompts[_at] == text;
}
