using Microsoft.AspNetCore.Components;
using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Components.Tabs;

/// <summary>The panel of every tab that draws.</summary>
public sealed partial class RequestPanel(PictureSpeed speed, JobQueue queue) : WatchingComponent
{
    private PromptBox? _prompt;
    private bool _sheet;
    private bool _isWriting;
    private string? _toolFault;
    private QueueState? _measuredAt;
    private MeasuredSpeed _speed = MeasuredSpeed.Unknown;

    [Parameter, EditorRequired] public string Title { get; set; } = "";

    [Parameter, EditorRequired] public string Verb { get; set; } = "";

    /// <summary>The verb where it is several: "Create {0} pictures".</summary>
    [Parameter, EditorRequired] public string Many { get; set; } = "";

    [Parameter] public string Label { get; set; } = "Prompt";

    [Parameter] public string Placeholder { get; set; } = "";

    [Parameter, EditorRequired] public CreateForm Form { get; set; } = default!;

    [Parameter] public EventCallback<CreateForm> FormChanged { get; set; }

    [Parameter, EditorRequired] public ModelInfo Model { get; set; } = default!;

    [Parameter, EditorRequired] public QueueState State { get; set; } = default!;

    /// <summary>The whole request around what the form says.</summary>
    [Parameter, EditorRequired] public Func<GenerationRequest, PictureRequest> Request { get; set; } = default!;

    /// <summary>What is asked for here.</summary>
    [Parameter, EditorRequired] public PictureKind Kind { get; set; }

    /// <summary>The last results.</summary>
    [Parameter] public IReadOnlyList<PictureRow> Latest { get; set; } = [];

    /// <summary>The size is chosen here, not by a reference.</summary>
    [Parameter] public bool FreeShape { get; set; }

    /// <summary>How many pictures the words may name; null where they name none.</summary>
    [Parameter] public int? Pictures { get; set; }

    /// <summary>The seed of the picture on the stage.</summary>
    [Parameter] public long? ShownSeed { get; set; }

    [Parameter] public string? Fault { get; set; }

    /// <summary>What stands above the words.</summary>
    [Parameter] public RenderFragment? ChildContent { get; set; }

    /// <summary>Buttons under the words.</summary>
    [Parameter] public RenderFragment? Tools { get; set; }

    /// <summary>A hint about what was written.</summary>
    [Parameter] public RenderFragment? Coach { get; set; }

    [Parameter] public EventCallback OnStart { get; set; }

    [Parameter] public EventCallback OnReset { get; set; }

    /// <summary>There are references to keep to.</summary>
    private bool FromPictures => Kind != PictureKind.Created;

    /// <summary>"Balanced · 1:1 · 4".</summary>
    private string Summary => string.Join(" · ", new[]
    {
        QualityLevel.Of(Form.Steps, Model)?.Name ?? $"{Form.Steps} steps",
        FreeShape ? PictureShape.Of(Form.Width, Form.Height, Model)?.Name ?? $"{Form.Width} × {Form.Height}" : null,
        Form.Count > 1 ? $"{Form.Count}" : null,
    }.OfType<string>());

    public ValueTask FocusPrompt() => _prompt?.FocusAsync() ?? ValueTask.CompletedTask;

    protected override async Task OnParametersSetAsync()
    {
        // Whatever came or ended may have been a picture that says more about this machine.
        if (!ReferenceEquals(State, _measuredAt))
        {
            _measuredAt = State;
            _speed = await speed.Of(Model.Name, Closed);
        }
    }

    private TimeBand? Seconds(CreateForm form) => Of(form, x => _speed.Estimate(PictureCost.Of(x, Model)));

    private TimeBand? Wait(CreateForm form) => Of(form, x => queue.StartOf(x));

    private long? Memory(CreateForm form) => Of<long?>(form, x =>
    {
        var (width, height) = x.Size(Model);
        return Model.Memory((long)width * height, [.. x.References.Select(r => (long)r.Width * r.Height)]);
    });

    private T? Of<T>(CreateForm form, Func<PictureRequest, T?> measure)
    {
        try
        {
            return measure(Request(form.ToRequest(Model)));
        }
        catch (ModelException)
        {
            // What cannot be drawn takes no time; the start says why.
            return default;
        }
    }

    private Task Start()
    {
        (_sheet, _toolFault) = (false, null);
        return OnStart.InvokeAsync();
    }
}
