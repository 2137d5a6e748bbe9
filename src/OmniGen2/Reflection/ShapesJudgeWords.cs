using System.Globalization;
using System.Text.RegularExpressions;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Reflection;

/// <summary>The question that checkpoints of the shapes world have learnt, its answers, and the edits that mend the faults they name.</summary>
public sealed partial class ShapesJudgeWords : IJudgeWords
{
    public int MostReferences => 0;

    public string Question(JudgedPicture picture) => JudgeGrammar.Question(Described(picture.Request));

    public Verdict Read(JudgedPicture picture, string answer)
    {
        var match = Answer().Match(Verdict.Plain(answer));
        if (!match.Success || int.Parse(match.Groups["score"].ValueSpan, CultureInfo.InvariantCulture) is not (var score and <= (int)Verdict.MaxScore))
        {
            return Verdict.Without($"The judge gave no score. It said: {(answer.Trim().Length > 0 ? answer : "nothing")}");
        }

        var words = match.Groups["words"].Value;
        return new Verdict { Score = score, Words = words.Length > 0 ? words : "The judge gave no reason.", Repair = Repair(picture.Request, words) };
    }

    /// <summary>What the request describes as judged requests are worded: no "draw" or "a picture of" before it, and the background last.</summary>
    private static string Described(string request)
    {
        var text = request.Trim().TrimEnd('.');
        text = text.Length > 0 ? char.ToLowerInvariant(text[0]) + text[1..] : text;
        return PlaceFirst().Match(text) is { Success: true } match
            ? $"{T2iGrammar.WithoutOpener(match.Groups["rest"].Value)} {match.Groups["place"].Value}"
            : T2iGrammar.WithoutOpener(text);
    }

    /// <summary>"Make the star red" for "The star should be red, not blue."; null where the sentence names no fault that an edit mends.</summary>
    private static string? Repair(string request, string words)
    {
        if (Missing().Match(words) is { Success: true } missing)
        {
            return Noun(request, missing.Groups["name"].Value) is { } noun ? $"add {noun}" : null;
        }

        if (Otherwise().Match(words) is not { Success: true } fault)
        {
            return null;
        }

        var (what, asked, shown) = (fault.Groups["what"].Value, fault.Groups["asked"].Value, fault.Groups["shown"].Value);
        return what switch
        {
            "background" => $"change the background to {asked}",
            _ when what.StartsWith("shape ", StringComparison.Ordinal) => $"turn the {WithoutArticle(shown)} {what["shape ".Length..]} into {asked}",
            _ when Place().IsMatch(asked) => $"put the {what} {asked}",
            _ => $"make the {what} {asked}",
        };
    }

    /// <summary>The words of the request that describe the object of this name, with its place: "a large red star at the top".</summary>
    private static string? Noun(string request, string name)
    {
        var noun = Regex.Match(request, $@"\ban? (?:\w+ ){{0,4}}{Regex.Escape(name)}\b(?<place>[^,]*?)(?=,| and | against | with | under | by |\.?$| (?:in|on|at) (?!the (?:top|bottom|left|right|center|middle))|$)");
        return noun.Success ? noun.Value : null;
    }

    private static string WithoutArticle(string noun) => noun[(noun.IndexOf(' ') + 1)..];

    [GeneratedRegex(@"^Score (?<score>\d{1,2})\b\.?\s*(?<words>.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Answer();

    [GeneratedRegex(@"^The (?<name>\w+ \w+) is missing\.$", RegexOptions.CultureInvariant)]
    private static partial Regex Missing();

    [GeneratedRegex(@"^The (?<what>[\w ]+) should be (?<asked>[\w ]+), not (?<shown>[\w ]+)\.$", RegexOptions.CultureInvariant)]
    private static partial Regex Otherwise();

    [GeneratedRegex("^(?<place>(?:in|on|at|by|under|against|with) [^,]+), (?<rest>.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex PlaceFirst();

    [GeneratedRegex("^(?:at|in|on) the ", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
