using System.ComponentModel.DataAnnotations;

namespace OmniGen2.Web.Options;

/// <summary>Section `Api`: what programs may send.</summary>
public sealed record ApiOptions
{
    /// <summary>The largest body of a request, pictures included.</summary>
    [Range(1, 1_000, ErrorMessage = "Api:MaxBodyMegabytes must be from {1} to {2}.")]
    public int MaxBodyMegabytes { get; init; } = 100;

    /// <summary>Whether the studio fetches pictures from the addresses that a request names. Addresses of private networks are refused in any case.</summary>
    public bool AllowRemotePictures { get; init; }

    /// <summary>Whether webhooks may lead into private networks, this machine included.</summary>
    public bool AllowPrivateWebhooks { get; init; }

    /// <summary>How often a webhook that does not answer is told again.</summary>
    [Range(0, 20, ErrorMessage = "Api:WebhookRetries must be from {1} to {2}.")]
    public int WebhookRetries { get; init; } = 6;

    /// <summary>Before the first retry; four times as long before each further one.</summary>
    [Range(0, 3_600, ErrorMessage = "Api:WebhookRetrySeconds must be from {1} to {2}.")]
    public double WebhookRetrySeconds { get; init; } = 5;
}
