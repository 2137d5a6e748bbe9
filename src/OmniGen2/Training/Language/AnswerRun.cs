using OmniGen2.Imaging;
using OmniGen2.Models.Language;
using OmniGen2.Tokenization;
using OmniGen2.Training.Shapes;
using static TorchSharp.torch;

namespace OmniGen2.Training.Language;

/// <summary>Answers messages about scenes as the chat does, greedily.</summary>
internal sealed class AnswerRun(Qwen model, PromptTemplate template, QwenImageProcessor images)
{
    // More than the longest caption.
    private const int MaxTokens = 64;

    private readonly int[] _ends = [template.Tokenizer.IdOf("<|im_end|>"), template.Tokenizer.PadId];

    public string Answer(string message, IReadOnlyList<Scene> scenes)
    {
        using var scope = NewDisposeScope();
        RgbImage[] pictures = [.. scenes.Select(ScenePainter.Paint)];
        var ids = template.Encode(PromptTemplate.ForChat(message, pictures.Length), [.. pictures.Select(images.CountTokens)]);
        using var state = model.Prefill(new QwenPrompt(ids, [.. pictures.Select(images.Process)]), MaxTokens);
        var options = new GenerationOptions { MaxNewTokens = MaxTokens, EndIds = _ends };
        return template.Tokenizer.Decode(model.Generate(state, options).Where(id => !_ends.Contains(id)));
    }
}
