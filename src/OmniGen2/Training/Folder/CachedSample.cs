using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Training.Folder;

// C h w of a latent · T text tokens · D width of the language model

/// <summary>What the frozen parts made of a sample, in a file of its own; numbers are bf16. Any thread may read.</summary>
internal sealed class CachedSample(string path)
{
    private readonly SafetensorsFile _file = SafetensorsFile.Open(path);

    public static string LatentName(int picture) => $"latent.{picture}";

    public static string TextName(PromptForm form) => $"text.{form}";

    /// <summary>[1, C, h, w] in fp32; references in order, then the target.</summary>
    public Tensor Latent(int picture) => _file.Tensor(LatentName(picture)).to(ScalarType.Float32);

    public bool Has(PromptForm form) => _file.Names.Contains(TextName(form));

    /// <summary>[1, T, D].</summary>
    public Tensor Text(PromptForm form) => _file.Tensor(TextName(form)).clone();
}
