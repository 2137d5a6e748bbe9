using System.Globalization;
using System.Net;
using System.Text;
using OmniGen2.Cli.Shell;
using OmniGen2.Cli.Training;
using OmniGen2.Training;
using static System.FormattableString;

namespace OmniGen2.Cli.TrainingReport;

/// <summary>A run as one page that needs nothing beside it: curves, the newest contact sheets, config and machine. Links lead to the earlier sheets.</summary>
internal static class ReportPage
{
    /// <summary>Reads what is in the folder of a run, and writes its report.html.</summary>
    public static void Write(TrainingFolder folder)
    {
        var steps = TrainingLog.Read(folder.Path);
        var facts = folder.Facts;
        if (steps.Count == 0 && facts is null)
        {
            throw new ModelException($"{folder.Path} holds no training ({TrainingLog.FileName}): give the folder that a training wrote to.");
        }

        using var html = new StringWriter(CultureInfo.InvariantCulture);
        WriteHead(html, steps, facts);
        WriteCharts(html, steps);
        WriteSheets(html, folder);
        WriteFacts(html, folder, facts);
        html.WriteLine("</body>\n</html>");
        WholeFile.Write(folder.Report, Encoding.UTF8.GetBytes(html.ToString()));
    }

    private static void WriteHead(TextWriter html, IReadOnlyList<TrainingStep> steps, RunFacts? facts)
    {
        var title = facts is null ? "Training" : $"Training: {facts.Kind}";
        var summary = steps.Count == 0
            ? "No step has been taken yet."
            : Invariant($"Step {steps[^1].Step:N0}{(facts is null ? "" : Invariant($" of {facts.Settings.Steps:N0}"))}, {steps[^1].Samples:N0} samples, {ProgressLine.Duration(TimeSpan.FromSeconds(steps[^1].Seconds))}.");
        html.WriteLine($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Text(title)}</title>
            <style>
            {ReportStyle.Css}
            </style>
            </head>
            <body>
            <h1>{Text(title)}</h1>
            <p>{Text(summary)}</p>
            """);
    }

    private static void WriteCharts(TextWriter html, IReadOnlyList<TrainingStep> steps)
    {
        if (steps.Count > 0)
        {
            html.WriteLine("<div class=\"charts\">");
            foreach (var chart in RunCharts.Of(steps))
            {
                chart.Write(html);
            }

            html.WriteLine("</div>");
        }
    }

    private static void WriteSheets(TextWriter html, TrainingFolder folder)
    {
        if (folder.Sheets.Count == 0)
        {
            return;
        }

        html.WriteLine("<h2>Contact sheets</h2>\n<section class=\"sheets\">");
        foreach (var sheet in folder.Sheets)
        {
            var newest = sheet.Files[^1];
            var earlier = sheet.Files.SkipLast(1).Select(f => Invariant($"<a href=\"{Text(folder.Relative(f.Path))}\">{f.Step}</a>")).ToList();
            html.WriteLine(Invariant($"<figure><figcaption><strong>{Text(sheet.Name)}</strong> <span>step {newest.Step}{(earlier.Count == 0 ? "" : $"; earlier: {string.Join(' ', earlier)}")}</span></figcaption>"));
            html.WriteLine(Invariant($"<div tabindex=\"0\"><img alt=\"Contact sheet {Text(sheet.Name)} of step {newest.Step}\" src=\"data:image/png;base64,{Convert.ToBase64String(File.ReadAllBytes(newest.Path))}\"></div></figure>"));
        }

        html.WriteLine("</section>");
    }

    private static void WriteFacts(TextWriter html, TrainingFolder folder, RunFacts? facts)
    {
        if (facts is not null)
        {
            html.WriteLine("<h2>Machine</h2>\n<dl>");
            foreach (var (name, value) in Facts(facts))
            {
                html.WriteLine($"<dt>{name}</dt><dd>{Text(value)}</dd>");
            }

            html.WriteLine("</dl>");
        }

        if (File.Exists(folder.Config))
        {
            html.WriteLine($"<h2>Config</h2>\n<pre>{Text(File.ReadAllText(folder.Config))}</pre>");
        }
    }

    private static IEnumerable<(string Name, string Value)> Facts(RunFacts facts)
    {
        var machine = facts.Machine;
        yield return ("Processor", Invariant($"{machine.Processor}, {machine.Cores} cores"));
        yield return ("Memory", Invariant($"{machine.MemoryGigabytes:0.#} GB"));
        yield return ("Computed on", Invariant($"{machine.Device}, {machine.Threads} threads, {facts.Settings.Precision.ToString().ToLowerInvariant()}"));
        yield return ("Software", $"libtorch {machine.Libtorch}, {machine.Runtime}, {machine.System}");
        yield return ("Last start", Invariant($"{facts.Started:yyyy-MM-dd HH:mm} UTC"));
        if (facts.BudgetSeconds is { } budget)
        {
            var cooldown = facts.CooldownSeconds > 0 ? $", cooling down over the last {ProgressLine.Duration(TimeSpan.FromSeconds(facts.CooldownSeconds.Value))}" : "";
            yield return ("Budget", $"{ProgressLine.Duration(TimeSpan.FromSeconds(budget))}{cooldown}");
        }
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
