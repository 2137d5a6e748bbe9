using System.Text.Json;

namespace OmniGen2.Web.Api.OpenAi;

/// <summary>The newer form of a conversation, as far as words and pictures need it. Nothing is kept under its id: a client sends the whole conversation.</summary>
internal static class ResponsesApi
{
    public static void MapResponses(this IEndpointRouteBuilder api) => api.MapPost("/responses", Respond).WithSummary("The next message, in the newer form; as in the API of OpenAI.");

    private static async Task<IResult> Respond(HttpContext context, RequestBody body, AnswerAsker asker, ClientJobs clients, ResponseWriter writer)
    {
        var fields = await body.Json(context);
        foreach (var kept in new[] { "previous_response_id", "conversation" })
        {
            if (fields.Find(kept) is not null)
            {
                throw OpenAiFault.Invalid(kept, "Responses are not kept here: send the whole conversation as input.", "unsupported_parameter");
            }
        }

        var asked = await asker.Ask(context, fields, Drawing(fields), Messages(fields), "input", "max_output_tokens");
        using var lease = clients.Hold([asked.Job]);
        if (asked.Output.Stream)
        {
            await writer.Stream(context, asked);
            return Results.Empty;
        }

        return OpenAiJson.Result(await writer.Whole(context, asked));
    }

    private static List<SaidMessage> Messages(RequestFields fields)
    {
        List<SaidMessage> messages = fields.Find("input") is { ValueKind: JsonValueKind.Array }
            ? [.. MessageFields.Read(fields, "input")]
            : [new SaidMessage(Speaker.User, fields.RequiredText("input"), [])];
        return fields.Text("instructions") is { Length: > 0 } rules ? [new SaidMessage(Speaker.System, rules, []), .. messages] : messages;
    }

    /// <summary>The settings of the one tool that there is.</summary>
    private static RequestFields Drawing(RequestFields fields)
    {
        var tools = fields.Objects("tools");
        if (tools.Any(x => x.Text("type") != "image_generation"))
        {
            throw OpenAiFault.Invalid("tools", "The one tool here is image_generation: leave out the others.", "unsupported_parameter");
        }

        return tools is [var tool, ..] ? tool : new RequestFields([]);
    }
}
