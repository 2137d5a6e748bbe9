namespace OmniGen2.Web.Components.Layout;

/// <summary>What one open page says in passing, and what its person can take back. One for each circuit.</summary>
public sealed class Toasts
{
    private const int MostShown = 3;
    private const int MostUndone = 50;

    private readonly Broadcast<IReadOnlyList<Toast>> _shown = new([]);
    private readonly List<Toast> _undoable = [];

    /// <summary>Newest last.</summary>
    public IReadOnlyList<Toast> Shown => _shown.Latest;

    public bool CanUndo => _undoable.Count > 0;

    public IAsyncEnumerable<IReadOnlyList<Toast>> Watch(CancellationToken cancellationToken) => _shown.Watch(cancellationToken);

    /// <summary>Something worked.</summary>
    public void Say(string text, string icon = "check") => Show(new Toast(text, icon, icon == "check" ? "ok" : ""));

    /// <summary>Something did not work: a sentence with its remedy.</summary>
    public void Warn(string text) => Show(new Toast(text, "warn", "danger"));

    /// <summary>Something happened, and there is one thing to do about it, such as to show it.</summary>
    public void Offer(string text, string action, Func<Task> act, string icon = "check") =>
        Show(new Toast(text, icon, icon == "check" ? "ok" : "", action, act));

    /// <summary>Something was done at once because it can be taken back: by the button, or by Ctrl+Z for as long as the page is open.</summary>
    public void Undoable(string text, Func<Task> undo, string icon = "trash")
    {
        var toast = new Toast(text, icon, Action: "Undo", Act: undo, IsUndo: true);
        _undoable.Add(toast);
        if (_undoable.Count > MostUndone)
        {
            _undoable.RemoveAt(0);
        }

        Show(toast);
    }

    public void Dismiss(Toast toast) => _shown.Publish([.. Shown.Where(x => x.Id != toast.Id)]);

    /// <summary>Presses the toast's button.</summary>
    public async Task Act(Toast toast)
    {
        // First of all, so that a second press finds nothing to do.
        var pressed = _undoable.RemoveAll(x => x.Id == toast.Id) > 0 || !toast.IsUndo;
        Dismiss(toast);
        if (!pressed || toast.Act is null)
        {
            return;
        }

        try
        {
            await toast.Act();
        }
        catch (ModelException error)
        {
            Warn(error.Message);
        }
    }

    public Task UndoLast() => CanUndo ? Act(_undoable[^1]) : Task.CompletedTask;

    private void Show(Toast toast) => _shown.Publish([.. Shown.TakeLast(MostShown - 1), toast]);
}
