using System.Text.Json;
using System.Text.Json.Serialization;

using OmniGen2.Web.Components.Controls;

namespace OmniGen2.Web.Components.Keys;

/// <summary>All keys of the studio, once: App.razor hands them to keys.js, which obeys them, and the sheet shows them.</summary>
public static class StudioKeys
{
    private const string Anywhere = "Anywhere";
    private const string Drawing = "Chat, Create, Edit, Compose";
    private const string Gallery = "In the gallery";
    private const string Picture = "With a picture, here and in the gallery";

    private static readonly IEnumerable<int> Slots = Enumerable.Range(1, ReferenceSlots.Most);

    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    public static IReadOnlyList<StudioKey> All { get; } =
    [
        new(Anywhere, ["?"], "All keys") { Press = ["keys"] },
        new(Anywhere, ["Escape"], "Close what is open, else stop and keep") { Press = ["close", "stop-writing", "stop"], WhileWriting = true },
        new(Anywhere, ["Ctrl+Z"], "Take back what was done last") { Press = ["undo"] },
        new(Anywhere, ["G C"], "Go to Chat") { Go = "chat" },
        new(Anywhere, ["G R"], "Go to Create") { Go = "" },
        new(Anywhere, ["G E"], "Go to Edit") { Go = "edit" },
        new(Anywhere, ["G O"], "Go to Compose") { Go = "compose" },
        new(Anywhere, ["/"], "Search") { Press = ["search"] },
        new(Anywhere, ["G G"], "Go to the gallery") { Go = "gallery" },
        new(Anywhere, ["G Q"], "Go to the queue") { Go = "queue" },
        new(Drawing, ["Ctrl+Enter"], "Start, from anywhere on the page") { Press = ["start"], WhileWriting = true },
        new(Drawing, ["Enter"], "Start; Shift Enter makes a new line") { Press = ["start"], WhileWriting = true, InPrompt = true },
        new(Drawing, ["Alt+ArrowUp"], "The prompt before this one") { Press = ["earlier"], WhileWriting = true, InPrompt = true },
        new(Drawing, ["Alt+ArrowDown"], "Back towards what was not sent yet") { Press = ["later"], WhileWriting = true, InPrompt = true },
        new(Drawing, ["Ctrl+J"], "New thread") { Go = "chat", WhileWriting = true },
        new(Drawing, [.. Slots.Select(slot => $"Alt+{slot}")], "Write “the first image” and so on into a composition") { Press = [.. Slots.Select(slot => $"image-{slot}")], IsEach = true, WhileWriting = true },
        new(Picture, ["E"], "Edit it") { Press = ["edit"] },
        new(Picture, ["R"], "Take it as a reference") { Press = ["reference"] },
        new(Picture, ["S"], "Star it") { Press = ["star"] },
        new(Picture, ["F"], "Full screen, where + and − zoom") { Press = ["full"] },
        new(Picture, ["T"], "Tag it") { Press = ["tag"] },
        new(Picture, ["Delete"], "To the trash") { Press = ["trash"] },
        new(Picture, ["V"], "Another one, with another seed") { Press = ["again"] },
        new(Picture, ["D"], "Download it") { Press = ["download"] },
        new(Picture, ["B"], "Before, for as long as it is held, where two are compared"),
        new(Gallery, ["← → ↑ ↓"], "Move; in full screen turn to the next"),
        new(Gallery, ["X"], "Select; Shift X up to here, Ctrl A all"),
        new(Gallery, ["1 … 5"], "Rate; 0 takes the rating away"),
        new(Gallery, ["B"], "Put on a board"),
        new(Gallery, ["C"], "Compare two"),
        new(Gallery, ["Z"], "Take along as a zip"),
    ];

    /// <summary>For keys.js.</summary>
    public static string Json { get; } = JsonSerializer.Serialize(All.Where(x => !x.IsElsewhere), Format);
}
