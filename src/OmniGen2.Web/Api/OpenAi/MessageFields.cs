using System.Text.Json;
using System.Text.RegularExpressions;

namespace OmniGen2.Web.Api.OpenAi;

internal enum Speaker
{
    System,
    User,
    Assistant,
}

/// <summary>One message as a client sends it: words, and the addresses of the pictures in it.</summary>
internal sealed record SaidMessage(Speaker Speaker, string Text, IReadOnlyList<string> Pictures);

/// <summary>Reads the messages of both chat APIs, whose parts differ in their names only.</summary>
internal static partial class MessageFields
{
    public static IReadOnlyList<SaidMessage> Read(RequestFields request, string name) => [.. request.Objects(name).Select(x => Message(x, name))];

    private static SaidMessage Message(RequestFields message, string list)
    {
        if (message.Text("type") == "image_generation_call")
        {
            return new SaidMessage(Speaker.Assistant, "", [$"data:image/png;base64,{message.RequiredText("result")}"]);
        }

        message.Choice("type", "message", ("message", "message"));
        if (message.Text("role") is null)
        {
            throw OpenAiFault.Invalid(list, "A message has no role: use system, user or assistant.", "missing_required_parameter");
        }

        var speaker = message.Choice("role", Speaker.User,
            ("system", Speaker.System), ("developer", Speaker.System), ("user", Speaker.User), ("assistant", Speaker.Assistant));
        var (texts, pictures) = (new List<string>(), new List<string>());
        switch (message.Find("content"))
        {
            case null:
                break;
            case { ValueKind: JsonValueKind.Array }:
                foreach (var part in message.Objects("content"))
                {
                    Add(part, texts, pictures);
                }

                break;
            case { } words:
                texts.Add(RequestFields.TextOf(words, "content"));
                break;
        }

        return Said(speaker, string.Join('\n', texts), pictures);
    }

    private static void Add(RequestFields part, List<string> texts, List<string> pictures)
    {
        var kind = part.Choice("type", "text",
            ("text", "text"), ("input_text", "text"), ("output_text", "text"), ("image_url", "picture"), ("input_image", "picture"));
        if (kind == "text")
        {
            texts.Add(part.Text("text") ?? throw OpenAiFault.Invalid("content", "A part of a message has no text: send one.", "missing_required_parameter"));
        }
        else
        {
            pictures.Add(part.Find("image_url") is { ValueKind: JsonValueKind.Object } nested ? new RequestFields(nested).RequiredText("url") : part.RequiredText("image_url"));
        }
    }

    /// <summary>Pictures that the studio answered with come back inside the words, as it sent them.</summary>
    private static SaidMessage Said(Speaker speaker, string text, List<string> pictures)
    {
        if (speaker != Speaker.Assistant)
        {
            return new SaidMessage(speaker, text, pictures);
        }

        pictures.AddRange(InlinePicture().Matches(text).Select(x => x.Groups[1].Value));
        return new SaidMessage(speaker, InlinePicture().Replace(text, "").Trim(), pictures);
    }

    [GeneratedRegex(@"!\[[^\]]*\]\((data:image/[a-z]+;base64,[A-Za-z0-9+/=]+)\)", RegexOptions.NonBacktracking)]
    private static partial Regex InlinePicture();
}
