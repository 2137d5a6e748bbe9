using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Components;
using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.Components.Layout;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Components.Tabs;

/// <summary>One's own presets and styles.</summary>
public sealed partial class PresetMenu(PresetStore presets, Toasts toasts) : WatchingComponent
{
    private static readonly JsonSerializerOptions Format = new() { Converters = { new JsonStringEnumConverter() } };

    private IReadOnlyList<PresetRow> _rows = [];
    private PresetKind _kind;
    private string _name = "";
    private string _words = "";
    private string? _fault;
    private bool _asking;
    private bool _managing;

    [Parameter, EditorRequired] public CreateForm Form { get; set; } = default!;

    [Parameter, EditorRequired] public ModelInfo Model { get; set; } = default!;

    /// <summary>The form as a preset has it, with the words that stand in it now.</summary>
    [Parameter] public EventCallback<CreateForm> OnSettings { get; set; }

    /// <summary>The words to put around the prompt; null for none.</summary>
    [Parameter] public EventCallback<Style?> OnStyle { get; set; }

    protected override Task OnInitializedAsync() => Load();

    private static string Text(ChangeEventArgs input) => input.Value?.ToString() ?? "";

    private static Style Style(PresetRow row) => new(row.Id, row.Name, row.Content);

    private IEnumerable<PresetRow> Of(PresetKind kind) => _rows.Where(x => x.Kind == kind);

    private async Task Load() => _rows = await presets.List(owner: null, Closed);

    private void Ask(PresetKind kind) => (_kind, _name, _words, _fault, _asking) = (kind, "", "", null, true);

    private async Task Apply(PresetRow row)
    {
        try
        {
            var kept = JsonSerializer.Deserialize<CreateForm>(row.Content, Format) ?? throw new JsonException("The preset is empty.");
            await OnSettings.InvokeAsync(kept.Within(Model) with { Prompt = Form.Prompt, Style = Form.Style });
        }
        catch (JsonException)
        {
            toasts.Warn($"The preset “{row.Name}” cannot be read: save it anew, or delete it.");
        }
    }

    private Task Save() => Try(async () =>
    {
        if (_kind == PresetKind.Style && _words.Trim().Length == 0)
        {
            throw new ModelException("A style needs words, for example: a watercolour of {prompt}, soft light.");
        }

        var content = _kind == PresetKind.Style ? _words.Trim() : JsonSerializer.Serialize(Form, Format);
        var (row, before) = await presets.Save(_kind, _name, content, owner: null, Closed);
        _asking = false;
        if (before is not null && before != content)
        {
            toasts.Undoable($"“{row.Name}” was replaced.", () => Undo(() => presets.Save(row.Kind, row.Name, before, row.Owner, CancellationToken.None)), "board");
        }
        else
        {
            toasts.Say($"“{row.Name}” is saved.");
        }

        if (_kind == PresetKind.Style)
        {
            await OnStyle.InvokeAsync(Style(row));
        }
    });

    private Task Rename(PresetRow row, string name) => Try(() => presets.Rename(row.Id, name, Closed));

    private Task Delete(PresetRow row) => Try(async () =>
    {
        await presets.Delete(row.Id, Closed);
        if (Form.Style?.Id == row.Id)
        {
            await OnStyle.InvokeAsync(null);
        }

        toasts.Undoable($"“{row.Name}” is deleted.", () => Undo(() => presets.Restore(row, CancellationToken.None)));
    });

    private Task Undo(Func<Task> undo) => InvokeAsync(async () =>
    {
        await undo();
        await Load();
        StateHasChanged();
    });

    private async Task Try(Func<Task> change)
    {
        try
        {
            _fault = null;
            await change();
        }
        catch (ModelException refused)
        {
            _fault = refused.Message;
        }

        await Load();
    }
}
