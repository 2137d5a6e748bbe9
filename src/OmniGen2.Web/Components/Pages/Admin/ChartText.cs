using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace OmniGen2.Web.Components.Pages.Admin;

/// <summary>Words in a chart: an SVG text, whose name means something else to Razor.</summary>
public sealed class ChartText : ComponentBase
{
    [Parameter] public int X { get; set; }

    [Parameter] public int Y { get; set; }

    /// <summary>The words end at X instead of beginning there.</summary>
    [Parameter] public bool IsEnd { get; set; }

    [Parameter, EditorRequired] public string Words { get; set; } = "";

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "x", X);
        builder.AddAttribute(2, "y", Y);
        builder.AddAttribute(3, "text-anchor", IsEnd ? "end" : "start");
        builder.AddContent(4, Words);
        builder.CloseElement();
    }
}
