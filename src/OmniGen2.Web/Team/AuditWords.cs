using System.Text.RegularExpressions;

namespace OmniGen2.Web.Team;

/// <summary>The audit log as people read it.</summary>
public static partial class AuditWords
{
    public static string Of(AuditRow row)
    {
        var words = Capital().Replace(row.Action.ToString(), " $1").Trim().ToLowerInvariant();
        return row.Subject.Length == 0 || row.Subject == row.Name ? words : $"{words}: {row.Subject}";
    }

    [GeneratedRegex("([A-Z])")]
    private static partial Regex Capital();
}
