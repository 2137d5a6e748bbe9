using System.Text.RegularExpressions;

namespace OmniGen2.Weights;

internal enum LoraPart
{
    Down,
    Up,
    Alpha,
}

/// <summary>The spellings of LoRA keys: PEFT's, the older one of diffusers, and the native one of other programs; all read as PEFT's.</summary>
internal static partial class LoraKey
{
    public const string FusedSuffix = ".attn.qkv";

    private static readonly string[] Prefixes = ["base_model.model.", "transformer.", "diffusion_model."];

    // Native names of a block's layers, and what the published checkpoint calls them.
    private static readonly (string Native, string Published)[] Names =
    [
        (".attn.processor.", ".attn."),
        (".attention.", ".attn."),
        (".attn.out.", ".attn.to_out.0."),
        (".feed_forward.w1.", ".feed_forward.linear_1."),
        (".feed_forward.w2.", ".feed_forward.linear_2."),
        (".feed_forward.w3.", ".feed_forward.linear_3."),
        (".adaLN_modulation.1.", ".norm1.linear."),
    ];

    /// <summary>Module and part of a key; null when it is no LoRA key that is known here.</summary>
    public static (string Module, LoraPart Part)? Parse(string key)
    {
        var match = Pattern().Match(key);
        if (!match.Success)
        {
            return null;
        }

        var part = match.Groups["part"].Value switch
        {
            "A" or "down" => LoraPart.Down,
            "B" or "up" => LoraPart.Up,
            _ => LoraPart.Alpha,
        };
        return (Module(match.Groups["module"].Value), part);
    }

    private static string Module(string module)
    {
        foreach (var prefix in Prefixes)
        {
            module = module.StartsWith(prefix, StringComparison.Ordinal) ? module[prefix.Length..] : module;
        }

        // A dot at both ends lets every name be matched whole.
        module = $".{module}.";
        foreach (var (native, published) in Names)
        {
            module = module.Replace(native, published, StringComparison.Ordinal);
        }

        module = module.Trim('.');
        return module.EndsWith(".to_out", StringComparison.Ordinal) ? module + ".0" : module;
    }

    [GeneratedRegex(@"^(?<module>.+?)(\.lora_(?<part>[AB])(\.[^.]+)?\.weight|[._]lora[._](?<part>down|up)\.weight|\.(?<part>alpha))$", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
