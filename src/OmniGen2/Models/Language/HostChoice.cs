using static TorchSharp.torch;

namespace OmniGen2.Models.Language;

/// <summary>Brings the logits to the machine's memory, where a <see cref="TokenSampler"/> draws.</summary>
/// <param name="sampler">Draws.</param>
/// <param name="record">Sees the logits as they came, and as they were chosen from.</param>
internal sealed class HostChoice(TokenSampler sampler, Action<string, float[]> record) : ITokenChoice
{
    private float[] _logits = [];

    public int Pick(Tensor logits)
    {
        var here = logits.cpu().data<float>();
        if (_logits.Length != logits.numel())
        {
            _logits = new float[logits.numel()];
        }

        here.CopyTo(_logits);
        record("gen.logits", _logits);
        var token = sampler.Pick(_logits);
        record("gen.scores", _logits);
        return token;
    }

    public void Dispose()
    {
        // The logits are an array.
    }
}
