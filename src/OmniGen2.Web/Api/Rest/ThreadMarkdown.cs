using System.Globalization;
using System.Text;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Api.Rest;

/// <summary>A conversation as a text that reads well anywhere; its pictures are addresses of the studio.</summary>
internal static class ThreadMarkdown
{
    public static string Of(ThreadRow thread, IReadOnlyList<ThreadMessage> messages, string studio)
    {
        var text = new StringBuilder($"# {thread.Title}\n");
        foreach (var (row, pictures) in messages)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n**{(row.Role == ChatRole.User ? "Asked" : "Answered")}**, {row.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC\n");
            foreach (var picture in row.PictureId is { } drawn ? [drawn] : pictures)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n![picture {picture}]({studio}{Links.Picture(picture)})\n");
            }

            if ((row.Fault ?? row.Text) is { Length: > 0 } words)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n{words.Trim()}\n");
            }
        }

        return text.ToString();
    }
}
