using System.Text.RegularExpressions;
using System.Xml.Linq;
using OmniGen2.Cli.Tests.Training;
using OmniGen2.Training;

namespace OmniGen2.Cli.Tests.TrainingReport;

public sealed class ReportTests : IDisposable
{
    private const string Thirty = """{ "training": { "steps": 30, "validate_steps": 5 /* <often> */ } }""";

    private readonly TrainFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Report_shows_every_curve_and_needs_nothing_beside_it()
    {
        _folder.Train(Thirty, "a").MustSucceed();
        var html = File.ReadAllText(_folder["a/report.html"]);
        var charts = Charts(html);
        Assert.Equal(["Loss", "Validation: loss", "Validation: slope", "Gradient norm", "Learning rate", "Samples a second"], charts.Select(c => c.Title));
        Assert.Equal([30, 6, 6, 30, 30, 29], charts.Select(c => c.Points));
        Assert.DoesNotMatch("(src|href)=\"(?!data:)", html);
        Assert.DoesNotContain("<script", html);
        Assert.Contains("data:image/png;base64,", html);
        Assert.Contains("/* &lt;often&gt; */", html);
        Assert.Contains("libtorch ", html);
    }

    [Fact]
    public void Resumed_run_is_one_curve_and_links_its_earlier_sheets()
    {
        _folder.Train("""{ "training": { "steps": 10 } }""", "a").MustSucceed();
        _folder.Train(Thirty, "a", "--resume", _folder["a"]).MustSucceed();
        var html = File.ReadAllText(_folder["a/report.html"]);
        Assert.Equal(30, Charts(html)[0].Points);
        Assert.Contains("<a href=\"sheets/lines-00000010.png\">10</a>", html);
    }

    [Fact]
    public void Broken_off_run_has_a_report_too()
    {
        _folder.TrainUntil(1, Thirty, "a");
        File.Delete(_folder["a/report.html"]);
        File.Delete(_folder["a/run.json"]);
        File.AppendAllText(_folder["a/log.jsonl"], "{\"step\": 2, \"samp");
        var run = CliRun.Of("train", "report", _folder["a"]).MustSucceed();
        Assert.Equal($"{_folder["a/report.html"]}\n", run.Output);
        Assert.Equal(1, TrainingLog.Read(_folder["a"])[^1].Step);
        Assert.Equal("Loss", Charts(File.ReadAllText(_folder["a/report.html"]))[0].Title);
    }

    [Fact]
    public void Folder_without_a_training_has_no_report()
    {
        var run = CliRun.Of("train", "report", _folder["none"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("none holds no training (log.jsonl)", run.Error);
    }

    // Every chart is well-formed XML; its last curve is the main one.
    private static List<(string Title, int Points)> Charts(string html) =>
    [
        .. Regex.Matches(html, "<figure class=\"chart\">.*?</figure>", RegexOptions.Singleline).Select(m => XElement.Parse(m.Value)).Select(figure =>
            (figure.Descendants("strong").Single().Value, figure.Descendants("polyline").Last().Attribute("points")!.Value.Split(' ').Length)),
    ];
}
