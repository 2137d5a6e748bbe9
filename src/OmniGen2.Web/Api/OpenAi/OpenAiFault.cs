using System.Text.Json.Serialization;

namespace OmniGen2.Web.Api.OpenAi;

/// <summary>A refusal in the terms of the OpenAI API: a sentence, the status it goes with, and the parameter it is about.</summary>
internal sealed class OpenAiFault(int status, string message, string? parameter = null, string? code = null) : ModelException(message)
{
    public int Status => status;

    public string? Parameter => parameter;

    public string? Code => code;

    public string Type => status switch
    {
        StatusCodes.Status401Unauthorized => "authentication_error",
        StatusCodes.Status429TooManyRequests => "rate_limit_error",
        >= StatusCodes.Status500InternalServerError => "server_error",
        _ => "invalid_request_error",
    };

    /// <summary>Asking again later may help; anything else comes out the same.</summary>
    public bool IsPassing => status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable;

    public ErrorBody Body => new(new ErrorDetail(Message, Type, parameter, code));

    public static OpenAiFault Invalid(string? parameter, string message, string code = "invalid_value") =>
        new(StatusCodes.Status400BadRequest, message, parameter, code);

    public static OpenAiFault TooLarge(string message) => new(StatusCodes.Status413PayloadTooLarge, message, code: "request_too_large");
}

internal sealed record ErrorBody(ErrorDetail Error);

/// <summary>Param and code are always there, if only as null: clients read them.</summary>
internal sealed record ErrorDetail(
    string Message,
    string Type,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Param,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Code);
