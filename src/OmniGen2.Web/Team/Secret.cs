using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OmniGen2.Web.Team;

/// <summary>What links and keys are made of: 256 random bits, of which only the hash is kept.</summary>
internal static class Secret
{
    private const int Bytes = 32;

    /// <summary>43 letters, digits, - and _.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>SHA-256, lower-case hex. The secret is random, so it needs neither salt nor a slow hash.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
