using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OmniGen2.Sampling;

/// <summary>A prompt as the language model gets it.</summary>
/// <param name="Ids">Tokens; each picture has as many pads as it has tokens.</param>
/// <param name="Images">Pictures that the language model sees.</param>
/// <param name="IsChat">In the chat form the pictures' own tokens are left out of the features.</param>
internal sealed record PromptToRead(int[] Ids, IReadOnlyList<RgbImage> Images, bool IsChat)
{
    /// <summary>Two prompts of the same key have the same features.</summary>
    public string Key { get; } =
        $"{IsChat}:{Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<int>(Ids)))}:{string.Join(',', Images.Select(Fingerprint.Of))}";
}
