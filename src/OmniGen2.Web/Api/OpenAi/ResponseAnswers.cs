using System.Text.Json.Serialization;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.OpenAi;

/// <param name="Id">Of the job behind it.</param>
/// <param name="Object">Always "response".</param>
/// <param name="CreatedAt">Seconds since 1970.</param>
/// <param name="Status">in_progress, completed or incomplete.</param>
/// <param name="Model">The checkpoint's name.</param>
/// <param name="Output">One message, or one picture.</param>
internal sealed record ResponseAnswer(string Id, string Object, long CreatedAt, string Status, string Model, IReadOnlyList<ResponseItem> Output)
{
    public bool Store { get; }

    public bool ParallelToolCalls { get; }

    public string ToolChoice { get; } = "auto";

    public IReadOnlyList<string> Tools { get; } = [];

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Error { get; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IncompleteDetails? IncompleteDetails => Status == "incomplete" ? new IncompleteDetails("max_output_tokens") : null;

    public ResponseUsage? Usage { get; init; }
}

internal sealed record IncompleteDetails(string Reason);

internal sealed record ResponseItem(string Id, string Type, string Status)
{
    /// <summary>Of a message: "assistant".</summary>
    public string? Role { get; init; }

    /// <summary>Of a message.</summary>
    public IReadOnlyList<ResponsePart>? Content { get; init; }

    /// <summary>Of a picture: the file.</summary>
    public byte[]? Result { get; init; }
}

internal sealed record ResponsePart(string Text)
{
    public string Type { get; } = "output_text";

    public IReadOnlyList<string> Annotations { get; } = [];
}

internal sealed record ResponseUsage(int InputTokens, int OutputTokens, int TotalTokens)
{
    public static ResponseUsage? Of(AnswerTokens? tokens) => tokens is null ? null : new ResponseUsage(tokens.Prompt, tokens.Answer, tokens.Prompt + tokens.Answer);
}

/// <summary>One event of a stream; each kind has some of the fields.</summary>
internal sealed record ResponseEvent(string Type, int SequenceNumber)
{
    public ResponseAnswer? Response { get; init; }

    public int? OutputIndex { get; init; }

    public ResponseItem? Item { get; init; }

    public string? ItemId { get; init; }

    public int? ContentIndex { get; init; }

    public ResponsePart? Part { get; init; }

    public string? Delta { get; init; }

    public string? Text { get; init; }

    public int? PartialImageIndex { get; init; }

    [JsonPropertyName("partial_image_b64")]
    public byte[]? PartialImage { get; init; }
}
