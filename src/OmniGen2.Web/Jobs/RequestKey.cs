namespace OmniGen2.Web.Jobs;

/// <summary>What a program calls a request, so that sending it twice asks once.</summary>
/// <param name="Value">Its own word.</param>
/// <param name="Sha256">Of the request as it was sent.</param>
public sealed record RequestKey(string Value, string Sha256);
