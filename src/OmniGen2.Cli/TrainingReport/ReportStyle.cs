namespace OmniGen2.Cli.TrainingReport;

/// <summary>The look of a report: light or dark as the reader's system is, from a telephone's width on.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --page: light-dark(#f5f5f7, #111214); --panel: light-dark(#fff, #16181a); --line: light-dark(#e0e1e5, #2b2e32);
          --text: light-dark(#17191c, #eff0f2); --quiet: light-dark(#5c626b, #959ba5); --accent: light-dark(#3d59dc, #8fa8ff); --raw: light-dark(#b9c3ee, #3a4673); }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 84rem; padding: 1.5rem 1rem 3rem; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
        h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
        h2 { font-size: 1.15rem; margin: 2rem 0 .75rem; }
        p { margin: 0 0 1rem; color: var(--quiet); }
        a { color: var(--accent); }
        .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 25rem), 1fr)); gap: 1rem; }
        figure { margin: 0; padding: .75rem; background: var(--panel); border: 1px solid var(--line); border-radius: .6rem; min-width: 0; }
        figcaption { font-size: .9rem; margin-bottom: .5rem; overflow-wrap: anywhere; }
        figcaption span { color: var(--quiet); }
        svg { display: block; width: 100%; height: auto; }
        svg text { font-size: 13px; fill: var(--quiet); }
        svg .y { text-anchor: end; } svg .x { text-anchor: middle; }
        svg .grid { stroke: var(--line); }
        polyline { fill: none; stroke-linejoin: round; stroke-linecap: round; }
        polyline.raw { stroke: var(--raw); stroke-width: 1; }
        polyline.main { stroke: var(--accent); stroke-width: 2; }
        .sheets figure { margin-bottom: 1rem; }
        .sheets div { overflow-x: auto; }
        .sheets img { display: block; border-radius: .3rem; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0; }
        dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
        pre { margin: 0; padding: .75rem; overflow-x: auto; background: var(--panel); border: 1px solid var(--line); border-radius: .6rem; font-size: .85rem; }
        """;
}
