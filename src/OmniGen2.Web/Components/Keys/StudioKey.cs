using System.Text.Json.Serialization;

namespace OmniGen2.Web.Components.Keys;

/// <summary>One key of the studio.</summary>
/// <param name="Group">Under which heading it stands.</param>
/// <param name="Keys">As keys.js spells them: "Ctrl+Enter", or "G C" for one after the other.</param>
/// <param name="Does">In a few words.</param>
public sealed record StudioKey([property: JsonIgnore] string Group, IReadOnlyList<string> Keys, [property: JsonIgnore] string Does)
{
    /// <summary>The data-key of the button that it presses or the field that it goes to; of several, the first that is on the page.</summary>
    public IReadOnlyList<string> Press { get; init; } = [];

    /// <summary>Each of the keys presses the name at its own place.</summary>
    public bool IsEach { get; init; }

    /// <summary>The address that it goes to.</summary>
    public string? Go { get; init; }

    /// <summary>It acts while somebody writes, too.</summary>
    public bool WhileWriting { get; init; }

    /// <summary>It acts in the prompt only.</summary>
    public bool InPrompt { get; init; }

    /// <summary>A script of its own sees to it, or the browser; keys.js leaves it alone.</summary>
    [JsonIgnore]
    public bool IsElsewhere => Press.Count == 0 && Go is null;

    /// <summary>As people read it.</summary>
    [JsonIgnore]
    public string Face => (IsEach ? $"{Keys[0]} … {Keys[^1][^1]}" : string.Join(" or ", Keys))
        .Replace("+", " ").Replace("ArrowUp", "↑").Replace("ArrowDown", "↓").Replace("Escape", "Esc");
}
