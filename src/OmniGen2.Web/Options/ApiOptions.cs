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
}
