using System.Text.Json.Serialization;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.OpenAi;

/// <summary>A whole answer, or with <paramref name="Object"/> "chat.completion.chunk" a piece of one.</summary>
internal sealed record ChatAnswer(string Id, string Object, long Created, string Model, IReadOnlyList<ChatChoice> Choices, ChatUsage? Usage = null);

internal sealed record ChatChoice(
    int Index,
    ChatWords? Message,
    ChatWords? Delta,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? FinishReason);

/// <param name="Role">Always "assistant"; in pieces only the first has it.</param>
/// <param name="Content">Words. A picture stands in them as Markdown with the whole file as a data URL, which chat programs show.</param>
/// <param name="Images">The same picture for programs that look for parts: its address in the studio.</param>
internal sealed record ChatWords(string? Role, string? Content, IReadOnlyList<ChatImage>? Images = null);

internal sealed record ChatImage(string Type, ChatImageUrl ImageUrl);

internal sealed record ChatImageUrl(string Url);

internal sealed record ChatUsage(int PromptTokens, int CompletionTokens, int TotalTokens)
{
    public static ChatUsage? Of(AnswerTokens? tokens) => tokens is null ? null : new ChatUsage(tokens.Prompt, tokens.Answer, tokens.Prompt + tokens.Answer);
}
