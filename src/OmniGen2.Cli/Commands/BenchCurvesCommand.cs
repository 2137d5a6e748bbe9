using System.CommandLine;
using OmniGen2.Cli.Bench;
using OmniGen2.Cli.Shell;

namespace OmniGen2.Cli.Commands;

/// <summary>Draws how time grows with work.</summary>
internal static class BenchCurvesCommand
{
    private const int Steps = 10;

    private const int Size = 128;

    private const int DefaultRepeats = 3;

    public static Command Create(Terminal terminal)
    {
        var model = new Option<string?>("--model") { Description = "Folder of the checkpoint. [default: models/omnigen2-mini]", HelpName = "D" };
        var output = new Option<string?>("--out") { Description = "Draw the three curves there.", HelpName = "F.svg" };
        var steps = CommonOptions.Whole("--steps", "N", $"Steps of a picture where it is not they that grow. [default: {Steps}]", 1, 1000);
        var size = CommonOptions.Whole("--size", "W", $"Sides of the pictures. [default: {Size}]", 16, 2048);
        var repeats = CommonOptions.Whole("--repeats", "N", $"Measured runs of everything. [default: {DefaultRepeats}]", 1, 1000);
        var json = CommonOptions.Json("Print one line of JSON instead of a table.");
        var quiet = CommonOptions.Quiet();
        var command = new ExampleCommand(
            "curves",
            "Measures how time grows with steps, with pictures and with people who share the model step by step, and draws it.",
            "omnigen2 bench curves --out docs/curves.svg")
        {
            model, output, steps, size, repeats, json, quiet,
        };
        command.SetAction(line =>
        {
            var settings = new BenchSettings
            {
                Model = line.GetValue(model) ?? DefaultModel.Find(),
                Size = (line.GetValue(size) ?? Size) / 16 * 16,
                Steps = line.GetValue(steps) ?? Steps,
                Repeats = line.GetValue(repeats) ?? DefaultRepeats,
                Stop = terminal.Stop,
            };
            using var progress = new ProgressLine(terminal, line.GetValue(quiet));
            Run(settings, line.GetValue(output), progress).Write(terminal.Output, line.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static BenchReport Run(BenchSettings settings, string? output, ProgressLine progress)
    {
        using var pipeline = ModelLoader.Load(settings.Model, ModelPrecision.Auto, progress);
        var curves = CurvesBench.Run(settings, pipeline, progress);
        var head = BenchHead.Of(pipeline.Info.Name, settings with { DType = pipeline.Precision });
        if (output is not null)
        {
            WholeFile.Write(output, System.Text.Encoding.UTF8.GetBytes(CurvesDrawing.Draw($"Seconds: {head.Line}", curves)));
        }

        var report = new BenchReport(head);
        foreach (var curve in curves)
        {
            report.Add(new Figure($"{curve.Key}_seconds_each", $"one more of the {curve.Key}", curve.Slope, FigureUnit.Seconds));
            report.Add(new Figure($"{curve.Key}_straightness", "  R² of the straight line", curve.Straightness, FigureUnit.Ratio));
        }

        return report;
    }
}
