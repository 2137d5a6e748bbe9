using OmniGen2.Models.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Language;

[Collection(nameof(Counting))]
public sealed class QwenMemoryTests : IDisposable
{
    private readonly QwenModel _tiny = new();

    private Qwen Model => _tiny.Model;

    [Fact]
    public void An_abandoned_answer_leaves_nothing_behind()
    {
        Run();
        var before = Accelerator.LiveTensors;
        Run();
        Assert.Equal(before, Accelerator.LiveTensors);

        void Run()
        {
            using var state = Model.Prefill(QwenCases.Prompt("images_ab"), room: 2);
            using var features = state.Features();
            foreach (var token in Model.Generate(state, QwenCases.Options).Take(6))
            {
                using var scope = NewDisposeScope();
                Assert.InRange(token, 0, QwenCases.Config.VocabSize - 1);
            }
        }
    }

    public void Dispose() => _tiny.Dispose();
}
