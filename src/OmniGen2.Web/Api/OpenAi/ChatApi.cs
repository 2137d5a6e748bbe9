using System.Text.Json;

namespace OmniGen2.Web.Api.OpenAi;

/// <summary>Conversations about pictures, and by way of them pictures.</summary>
internal static class ChatApi
{
    public static void MapChat(this IEndpointRouteBuilder api) => api.MapPost("/chat/completions", Complete).WithSummary("The next message of a conversation; as in the API of OpenAI.");

    private static async Task<IResult> Complete(HttpContext context, RequestBody body, AnswerAsker asker, ClientJobs clients, ChatWriter writer)
    {
        var fields = await body.Json(context);
        Refuse(fields);
        var asked = await asker.Ask(context, fields, fields, MessageFields.Read(fields, "messages"), "messages", "max_completion_tokens", "max_tokens");
        using var lease = clients.Hold([asked.Job]);
        if (!asked.Output.Stream)
        {
            return OpenAiJson.Result(await writer.Whole(context, asked));
        }

        var usage = fields.Find("stream_options") is { ValueKind: JsonValueKind.Object } options && new RequestFields(options).Flag("include_usage");
        await writer.Stream(context, asked, usage);
        return Results.Empty;
    }

    private static void Refuse(RequestFields fields)
    {
        fields.Integer("n", 1, 1);
        if (fields.Find("tools") is { ValueKind: JsonValueKind.Array } tools && tools.GetArrayLength() > 0)
        {
            throw OpenAiFault.Invalid("tools", "The model calls no tools: leave them out.", "unsupported_parameter");
        }

        if (fields.Find("response_format") is { ValueKind: JsonValueKind.Object } format && new RequestFields(format).Text("type") is not (null or "text"))
        {
            throw OpenAiFault.Invalid("response_format", "The model answers in plain words only: ask for the type text.", "unsupported_value");
        }
    }
}
