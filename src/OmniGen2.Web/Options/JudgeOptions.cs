using System.ComponentModel.DataAnnotations;

namespace OmniGen2.Web.Options;

/// <summary>Section `Judge`: who checks pictures that improve themselves. Without an address it is the language model that is loaded anyway.</summary>
public sealed record JudgeOptions : IValidatableObject
{
    /// <summary>Of an OpenAI-compatible service that sees pictures, for example http://box:8000/v1. Requests and pictures are sent there.</summary>
    public string? Url { get; init; }

    /// <summary>What that service calls its model.</summary>
    public string? Model { get; init; }

    public string? ApiKey { get; init; }

    [Range(1, 600, ErrorMessage = "Judge:TimeoutSeconds must be from {1} to {2}.")]
    public double TimeoutSeconds { get; init; } = 60;

    /// <summary>How often a verdict is asked for again when the service is busy, silent or broken.</summary>
    [Range(0, 10, ErrorMessage = "Judge:Retries must be from {1} to {2}.")]
    public int Retries { get; init; } = 3;

    /// <summary>Before the first retry; twice as long before each further one.</summary>
    [Range(0, 60, ErrorMessage = "Judge:RetrySeconds must be from {1} to {2}.")]
    public double RetrySeconds { get; init; } = 1;

    /// <summary>Of a million tokens that it reads, in a currency of your own.</summary>
    [Range(0, 1_000_000, ErrorMessage = "Judge:ReadPrice must be from {1} to {2}.")]
    public double ReadPrice { get; init; }

    /// <summary>Of a million tokens that it writes.</summary>
    [Range(0, 1_000_000, ErrorMessage = "Judge:WritePrice must be from {1} to {2}.")]
    public double WritePrice { get; init; }

    /// <summary>The score, of 25, that is good enough.</summary>
    [Range(0, 25, ErrorMessage = "Judge:Pass must be from {1} to {2}.")]
    public double Pass { get; init; } = 21;

    /// <summary>Pictures with this score or more are edited, those below are drawn anew; above 25 none is edited.</summary>
    [Range(0, 100, ErrorMessage = "Judge:EditFrom must be from {1} to {2}.")]
    public double EditFrom { get; init; } = 12;

    /// <summary>How many rounds in a row may get no better.</summary>
    [Range(1, 8, ErrorMessage = "Judge:Patience must be from {1} to {2}.")]
    public int Patience { get; init; } = 1;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(Url))
        {
            yield break;
        }

        if (!Uri.TryCreate(Url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            yield return new ValidationResult($"Judge:Url is '{Url}': give an address that begins with http:// or https://, or leave it out to judge with the model that is loaded.");
        }

        if (string.IsNullOrWhiteSpace(Model))
        {
            yield return new ValidationResult("Judge:Model is empty: name the model that the service at Judge:Url shall use.");
        }
    }
}
