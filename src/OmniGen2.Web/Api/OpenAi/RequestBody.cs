using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using OmniGen2.Imaging;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Api.OpenAi;

/// <summary>Reads bodies, none of them further than the limit.</summary>
internal sealed class RequestBody(IOptions<ApiOptions> options)
{
    public const int MaxPictures = 5;

    private const int MaxParts = 64;
    private const int MaxTextBytes = 1 << 20;
    private const int ChunkBytes = 81_920;

    private long MaxBytes => (long)options.Value.MaxBodyMegabytes << 20;

    public static OpenAiFault TooMany(string parameter) =>
        OpenAiFault.Invalid(parameter, $"More than {MaxPictures} pictures were sent and the model draws from {MaxPictures}: send fewer.", "too_many_images");

    public async Task<RequestFields> Json(HttpContext context)
    {
        var body = await Read(context.Request.Body, MaxBytes, context.Request.ContentLength, context.RequestAborted);
        try
        {
            var json = JsonSerializer.Deserialize<JsonElement>(body);
            return IsText(body) ? new RequestFields(json) : throw OpenAiFault.Invalid(null, "The body is JSON, but its text is not Unicode: send UTF-8, and surrogates only in pairs.", "invalid_json");
        }
        catch (JsonException fault)
        {
            throw OpenAiFault.Invalid(null, $"The body is not valid JSON (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}): send a JSON object.", "invalid_json");
        }
    }

    /// <summary>The fields of a multipart form, and the picture files in it, in order.</summary>
    public async Task<(RequestFields Fields, IReadOnlyList<SentPicture> Pictures)> Form(HttpContext context)
    {
        var boundary = context.Request.GetMultipartBoundary();
        if (string.IsNullOrEmpty(boundary))
        {
            throw OpenAiFault.Invalid(null, "Pictures are edited with a multipart/form-data body, or with JSON that has 'images': send one of these.", "invalid_content_type");
        }

        CheckLength(context.Request.ContentLength ?? 0);
        try
        {
            return await Parts(new MultipartReader(boundary, context.Request.Body), context.RequestAborted);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw OpenAiFault.Invalid(null, "The multipart body cannot be read: send every part whole, with the boundary that the header names.", "invalid_multipart");
        }
    }

    /// <summary>Whether the names in valid JSON can be read: one that cannot would fail whoever looks for another. Strings say themselves where they are used.</summary>
    private static bool IsText(byte[] json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                _ = reader is { TokenType: JsonTokenType.PropertyName, ValueIsEscaped: true } ? reader.GetString() : null;
            }

            return Utf8.IsValid(json);
        }
        catch (InvalidOperationException)
        {
            // An escape that stands for half a character.
            return false;
        }
    }

    private async Task<(RequestFields, IReadOnlyList<SentPicture>)> Parts(MultipartReader reader, CancellationToken cancellationToken)
    {
        var (texts, pictures, total, parts) = (new List<(string, string)>(), new List<SentPicture>(), 0L, 0);
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (++parts > MaxParts)
            {
                throw OpenAiFault.Invalid(null, $"The form has more than {MaxParts} parts: send fewer.");
            }

            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var part) || HeaderUtilities.RemoveQuotes(part.Name).ToString() is not { Length: > 0 } name)
            {
                throw OpenAiFault.Invalid(null, "A part of the form has no name: name every one of them.", "invalid_multipart");
            }

            if (part.IsFileDisposition())
            {
                var picture = await Picture(section, name, HeaderUtilities.RemoveQuotes(part.FileName).ToString(), pictures.Count, cancellationToken);
                pictures.Add(picture);
                total += picture.File.Length;
            }
            else
            {
                var bytes = await Read(section.Body, MaxTextBytes, null, cancellationToken);
                texts.Add((name, System.Text.Encoding.UTF8.GetString(bytes)));
                total += bytes.Length;
            }

            CheckLength(total);
        }

        return (new RequestFields(texts), pictures);
    }

    private static async Task<SentPicture> Picture(MultipartSection section, string field, string name, int before, CancellationToken cancellationToken)
    {
        if (field == "mask")
        {
            throw OpenAiFault.Invalid("mask", "Masks are not supported: say in the prompt what should change, and what should stay.", "unsupported_parameter");
        }

        if (field != "image" && !field.StartsWith("image[", StringComparison.Ordinal))
        {
            throw OpenAiFault.Invalid(field, $"'{RequestFields.Short(field)}' is no field for a file: use image or image[].", "unknown_parameter");
        }

        if (before == MaxPictures)
        {
            throw TooMany("image");
        }

        try
        {
            return new SentPicture(await ImageFile.ReadAsync(section.Body, cancellationToken: cancellationToken), name);
        }
        catch (ModelException tooLarge)
        {
            throw OpenAiFault.TooLarge(tooLarge.Message);
        }
    }

    private async Task<byte[]> Read(Stream stream, long most, long? announced, CancellationToken cancellationToken)
    {
        CheckLength(announced ?? 0, most);
        using var body = new MemoryStream();
        var chunk = new byte[ChunkBytes];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellationToken)) > 0)
        {
            CheckLength(body.Length + read, most);
            body.Write(chunk, 0, read);
        }

        return body.ToArray();
    }

    private void CheckLength(long bytes, long? most = null)
    {
        if (bytes > (most ?? MaxBytes))
        {
            throw OpenAiFault.TooLarge($"The request has more than {(most ?? MaxBytes) >> 20} MB: send smaller or fewer pictures, or raise Api:MaxBodyMegabytes.");
        }
    }
}
