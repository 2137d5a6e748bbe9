using OmniGen2.Models.Language;
using OmniGen2.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Language;

/// <summary>Answers whose tokens go through recordings, here through their stand-in, are those of the usual way.</summary>
[Collection(nameof(TensorCounting))]
public sealed class AnswerDecoderTests : IDisposable
{
    private static readonly GenerationOptions Long = QwenCases.Options with { MaxNewTokens = 300, EndIds = [] };

    private readonly QwenModel _plain = new();
    private readonly QwenModel _recorded = new();
    private readonly GraphPolicy _policy = new(CPU) { IsAnywhere = true };

    public AnswerDecoderTests()
    {
        (_plain.Model.Recorder, _recorded.Model.Recorder) = (null, null);
        _recorded.Model.Graphs = _policy;
    }

    private Qwen Plain => _plain.Model;

    private Qwen Recorded => _recorded.Model;

    [Theory]
    [InlineData("text")]
    [InlineData("images_ab")]
    public void Hidden_states_are_those_of_the_usual_step_across_the_border_of_the_buffers(string name)
    {
        using var noGrad = no_grad();
        using var usual = Plain.Prefill(QwenCases.Prompt(name));
        using var state = Recorded.Prefill(QwenCases.Prompt(name), room: 1);
        using var decoder = new AnswerDecoder(Recorded.Language, _policy);
        for (var i = 0; i < 300; i++)
        {
            using var scope = NewDisposeScope();
            var (id, position) = (i % 50, state.NextPosition + i);
            var embedding = Plain.Language.Embed(tensor(new long[] { id }).unsqueeze(0));
            var expected = Plain.Language.Forward(embedding, Plain.Language.Rotary([TokenPositions.Single(position)], null), usual.Caches, null);
            var (hidden, logits) = decoder.Next(state, id, position);
            Closeness.Near(expected.Floats(), hidden.Floats(), 1e-5, $"token {i}");
            Assert.Equal([1, Recorded.Language.VocabSize], logits.shape);
        }

        Assert.Equal(usual.Length, state.Length);
        Assert.Equal((512, 2), (decoder.Room, _policy.Recordings));
    }

    [Theory]
    [InlineData("text", 0, 1)]
    [InlineData("text", 0, 1.3)]
    [InlineData("text", 2, 1.3)]
    [InlineData("image_a", 0, 1.3)]
    [InlineData("images_ab", 2, 1)]
    public void Long_answers_are_the_same(string prompt, double temperature, double penalty)
    {
        var options = Long with { Temperature = temperature, RepetitionPenalty = penalty, AlsoSeen = [3, 3], TopK = 0, Seed = 5 };
        Assert.Equal(Answer(Plain, prompt, options), Answer(Recorded, prompt, options));
        Assert.Equal(2, _policy.Recordings);   // one a size of the buffers
    }

    [Fact]
    public void Answers_that_take_turns_do_not_disturb_each_other()
    {
        var options = Long with { MaxNewTokens = 40 };
        string[] names = ["text", "image_a", "images_ab"];
        using var first = Recorded.Prefill(QwenCases.Prompt(names[0]), room: 1);
        using var second = Recorded.Prefill(QwenCases.Prompt(names[1]), room: 1);
        using var third = Recorded.Prefill(QwenCases.Prompt(names[2]), room: 1);
        var turns = Recorded.Generate(first, options).Zip(Recorded.Generate(second, options), Recorded.Generate(third, options)).ToList();
        Assert.Equal(Answer(Plain, names[0], options), turns.Select(t => t.First));
        Assert.Equal(Answer(Plain, names[1], options), turns.Select(t => t.Second));
        Assert.Equal(Answer(Plain, names[2], options), turns.Select(t => t.Third));
    }

    [Fact]
    public void Answer_that_is_stopped_leaves_the_next_one_alone()
    {
        var options = Long with { MaxNewTokens = 30 };
        var expected = Answer(Plain, "image_a", options);
        using var state = Recorded.Prefill(QwenCases.Prompt("image_a"));
        Assert.Equal(expected.Take(7), Recorded.Generate(state, options).Take(7));
        Assert.Equal(expected.Take(9), Recorded.Generate(state, options with { Stop = ids => ids.Count == state.PromptIds.Count + 9 }));
        Assert.Equal(expected, Recorded.Generate(state, options));

        using var other = Recorded.Generate(state, options).GetEnumerator();
        Assert.True(other.MoveNext() && other.MoveNext() && other.MoveNext());
        Assert.Equal(3, Recorded.Generate(state, options).Take(3).Count());
        Assert.True(Recorded.Generate(state, options).Take(1).Any());
        Assert.Throws<InvalidOperationException>(() => other.MoveNext());
    }

    [Fact]
    public void Answer_goes_on_the_usual_way_when_weights_leave_and_recorded_when_they_are_back()
    {
        var options = Long with { MaxNewTokens = 30 };
        using var state = Recorded.Prefill(QwenCases.Prompt("images_ab"), room: 1);
        var ids = new List<int>();
        foreach (var id in Recorded.Generate(state, options))
        {
            ids.Add(id);
            if (ids.Count is 10 or 20)
            {
                _policy.Settle(weightsStay: ids.Count == 20);
            }

            int? room = ids.Count switch { 1 => null, > 10 and <= 20 => 0, _ => 256 };
            Assert.Equal(room, Recorded.Decoder?.Room);
        }

        Assert.Equal(Answer(Plain, "images_ab", options), ids);
        Assert.Equal(2, _policy.Recordings);
    }

    [Fact]
    public void Short_answer_after_a_long_one_has_small_buffers_again()
    {
        var options = Long with { MaxNewTokens = 5 };
        var text = QwenCases.Prompt("text");
        var padded = text with { Ids = [.. text.Ids, .. Enumerable.Repeat(7, 1030)] };
        Assert.Equal(Answer(Plain, padded, options), Answer(Recorded, padded, options));
        Assert.Equal(2048, Recorded.Decoder!.Room);
        Assert.Equal(Answer(Plain, "text", options), Answer(Recorded, "text", options));
        Assert.Equal(256, Recorded.Decoder.Room);
    }

    [Fact]
    public void Nothing_is_left_behind()
    {
        Run();
        var before = Accelerator.LiveTensors;
        Run();
        Assert.Equal(before, Accelerator.LiveTensors);

        void Run()
        {
            using (var state = Recorded.Prefill(QwenCases.Prompt("image_a")))
            {
                Assert.Equal(6, Recorded.Generate(state, Long).Take(6).Count());
            }

            Recorded.ForgetRecordings();
        }
    }

    public void Dispose()
    {
        Recorded.ForgetRecordings();
        _plain.Dispose();
        _recorded.Dispose();
    }

    private static List<int> Answer(Qwen model, string prompt, GenerationOptions options) => Answer(model, QwenCases.Prompt(prompt), options);

    private static List<int> Answer(Qwen model, QwenPrompt prompt, GenerationOptions options)
    {
        using var state = model.Prefill(prompt);
        return [.. model.Generate(state, options)];
    }
}
