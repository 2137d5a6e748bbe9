using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OmniGen2.Sampling;

/// <summary>A prompt as the language model gets it.</summary>
/// <param name="Ids">Tokens; each picture has as many pads as it has tokens.</param>
/// <param name="Images">Pictures that the language model sees.</param>
/// <param name="IsChat">In the chat form the pictures' own tokens are left out of the features.</param>
internal sealed record PromptToRead(int[] Ids, IReadOnlyList<RgbImage> Images, bool IsChat)
{
    /// <summary>Digest of each picture.</summary>
    public IReadOnlyList<string> Pictures { get; } = [.. Images.Select(Fingerprint.Of)];

    /// <summary>Two prompts of the same key have the same features.</summary>
    public string Key =>
        $"{IsChat}:{Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<int>(Ids)))}:{string.Join(',', Pictures)}";

    /// <summary>How many first tokens are the same, those of equal pictures included.</summary>
    /// <param name="other">Another prompt.</param>
    /// <param name="pad">The id that stands for a token of a picture.</param>
    public int SharedWith(PromptToRead other, int pad)
    {
        var length = Math.Min(Ids.Length, other.Ids.Length);
        var picture = -1;
        for (var i = 0; i < length; i++)
        {
            if (Ids[i] != other.Ids[i])
            {
                return i;
            }

            if (Ids[i] == pad && Pictures.Count + other.Pictures.Count > 0)
            {
                picture += i > 0 && Ids[i - 1] == pad ? 0 : 1;
                if (Pictures.ElementAtOrDefault(picture) is not { } shown || shown != other.Pictures.ElementAtOrDefault(picture))
                {
                    return i;
                }
            }
        }

        return length;
    }
}
