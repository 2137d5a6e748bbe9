using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using OmniGen2.Web.History;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Api;

/// <summary>What administrators take along: the audit log, and the pictures of a person who leaves.</summary>
public static class TeamFiles
{
    private const int AtOnce = 1000;

    public static void MapTeamFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/admin/audit.csv", Audit).RequireAuthorization(nameof(Permission.ManagePeople)).WithTags("Files").WithSummary("The audit log, for administrators.");
        app.MapGet("/admin/people/{id}/export", Export).RequireAuthorization(nameof(Permission.ManagePeople)).WithTags("Files").WithSummary("All that is kept of a person, for administrators.");
    }

    private static async Task<PushStreamHttpResult> Audit(AuditLog log, HttpContext context)
    {
        await log.Write(AuditAction.AuditExported, "", address: context.Address());
        return TypedResults.Stream(body => Write(body, log, context.RequestAborted), "text/csv; charset=utf-8", "audit.csv");
    }

    private static async Task Write(Stream body, AuditLog log, CancellationToken cancellationToken)
    {
        await using var text = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await text.WriteLineAsync("time,name,action,subject,address");
        long? before = null;
        while (await log.Latest(before, AtOnce, cancellationToken) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                string[] cells = [row.At.ToString("O", CultureInfo.InvariantCulture), row.Name, row.Action.ToString(), row.Subject, row.Address];
                await text.WriteLineAsync(string.Join(',', cells.Select(Cell)));
            }

            before = rows[^1].Id;
        }
    }

    /// <summary>Text that a table program takes for text, whatever it begins with.</summary>
    private static string Cell(string text) => $"\"{(text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static async Task<Results<PushStreamHttpResult, NotFound>> Export(string id, People people, PersonRemoval removal, ImageStore images, AuditLog log, HttpContext context)
    {
        if (await people.Find(id, context.RequestAborted) is not { } person)
        {
            return TypedResults.NotFound();
        }

        await log.Write(AuditAction.Exported, person.Name, address: context.Address());
        // What is the person's is seen as the person sees it.
        var leaving = Sessions.Of(person);
        var ids = await removal.PicturesOf(id, context.RequestAborted);
        return Zips.Stream(context, "pictures.zip", body => Asker.As(leaving, () => Zips.Write(body, ids, images, context.RequestAborted)));
    }
}
