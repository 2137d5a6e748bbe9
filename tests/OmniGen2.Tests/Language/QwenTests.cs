using OmniGen2.Models.Language;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Language;

public sealed class QwenTests : IDisposable
{
    private static readonly GenerationOptions Long = QwenCases.Options with { MaxNewTokens = 24, EndIds = [] };

    private readonly QwenModel _tiny = new();

    private Qwen Model => _tiny.Model;

    [Fact]
    public void A_prompt_read_once_is_answered_any_number_of_times()
    {
        using var state = Model.Prefill(QwenCases.Prompt("image_a"), room: 3);
        var expected = QwenCases.Open("image_a").Longs("gen.ids").Select(id => (int)id);
        Assert.Equal(expected.Take(5), Model.Generate(state, Long).Take(5));
        Assert.Equal(expected, Model.Generate(state, Long));
        Assert.Equal(expected.Take(9), Model.Generate(state, Long with { MaxNewTokens = 9 }));
    }

    [Fact]
    public void Only_the_answer_begun_last_goes_on()
    {
        using var state = Model.Prefill(QwenCases.Prompt("text"));
        using var first = Model.Generate(state, Long).GetEnumerator();
        Assert.True(first.MoveNext() && first.MoveNext());
        Assert.Equal(3, Model.Generate(state, Long).Take(3).Count());
        Assert.Throws<InvalidOperationException>(() => first.MoveNext());
    }

    [Fact]
    public void An_answer_ends_with_the_token_that_ends_it()
    {
        using var state = Model.Prefill(QwenCases.Prompt("image_a"));
        var all = Model.Generate(state, Long).ToList();
        Assert.Equal(all.Take(4), Model.Generate(state, Long with { EndIds = [all[3]] }));
        Assert.Equal(all.Take(6), Model.Generate(state, Long with { Stop = ids => ids.Count == state.PromptIds.Count + 6 }));
        Assert.Empty(Model.Generate(state, Long with { MaxNewTokens = 0 }));
    }

    [Fact]
    public void An_answer_never_grows_past_the_longest_sequence()
    {
        var prompt = QwenCases.Prompt("text");
        using var source = Open();
        var small = source.Build(root => new Qwen(root, QwenCases.Config with { MaxPositions = prompt.Ids.Count + 3 }));
        using var state = small.Prefill(prompt);
        Assert.Equal(3, small.Generate(state, Long).Count());
        Assert.Throws<ModelException>(() => small.Prefill(prompt with { Ids = [.. prompt.Ids, 1, 2, 3, 4] }));
    }

    [Fact]
    public void Sampling_draws_the_same_answer_from_the_same_seed()
    {
        using var state = Model.Prefill(QwenCases.Prompt("text"));
        Assert.Equal(Sample(1), Sample(1));
        Assert.NotEqual(Sample(1), Sample(2));

        IEnumerable<int> Sample(long seed) => [.. Model.Generate(state, Long with { Temperature = 2, Seed = seed })];
    }

    [Fact]
    public void Prompts_of_different_length_and_pictures_run_in_one_batch()
    {
        string[] names = ["images_ab", "text", "image_b"];
        using var batch = Model.Forward([.. names.Select(QwenCases.Prompt)]);
        for (var row = 0; row < names.Length; row++)
        {
            using var alone = Model.Encode(QwenCases.Prompt(names[row]));
            using var valid = batch[row].narrow(0, 0, alone.shape[0]);
            GoldenAssert.Close(alone.Floats(), valid.Floats(), 1e-4, names[row]);
        }
    }

    [Fact]
    public void Streamed_layers_give_the_same_numbers()
    {
        using var streamed = new QwenModel(ScalarType.BFloat16, streamed: true);
        using var resident = new QwenModel(ScalarType.BFloat16);
        var prompt = QwenCases.Prompt("images_ab");
        Assert.Equal(Answer(resident.Model), Answer(streamed.Model));

        List<float> Answer(Qwen model)
        {
            using var state = model.Prefill(prompt);
            return [.. state.Hidden.Floats(), .. model.Generate(state, Long).Select(id => (float)id)];
        }
    }

    [Fact]
    public void An_output_layer_of_its_own_and_the_vocabulary_of_the_file_are_found()
    {
        using var file = Open();
        file.Build(root => new Qwen(root, QwenCases.Config));
        using var head = file.Parameters["model.embed_tokens.weight"].neg();
        var tensors = new Dictionary<string, Tensor>(file.Parameters) { ["lm_head.weight"] = head };
        using var untied = new DictionarySource(tensors);
        var model = untied.Build(root => new Qwen(root, QwenCases.Config with { VocabSize = 7 }));

        using var expected = Model.Encode(QwenCases.Prompt("image_a"));
        using var found = model.Encode(QwenCases.Prompt("image_a"));
        using var logits = model.Language.Logits(found.narrow(0, found.shape[0] - 1, 1));
        Assert.Equal(expected.Floats(), found.Floats());
        GoldenAssert.Close(QwenCases.Open("image_a").Floats("logits_last"), [.. logits.Floats().Select(l => -l)], 3e-4);
    }

    [Fact]
    public void Names_of_newer_files_are_found()
    {
        using var folder = new TempFolder();
        var path = folder.File("newer.safetensors");
        using var file = Open();
        file.Build(root => new Qwen(root, QwenCases.Config));
        SafetensorsWriter.Save(path, file.Parameters.ToDictionary(p => Renamed(p.Key), p => p.Value));
        using var newer = SafetensorsSource.Open(path, new SafetensorsOptions { Aliases = SafetensorsOptions.QwenAliases });
        var model = newer.Build(root => new Qwen(root, QwenCases.Config));

        using var expected = Model.Encode(QwenCases.Prompt("image_a"));
        using var found = model.Encode(QwenCases.Prompt("image_a"));
        Assert.Equal(expected.Floats(), found.Floats());

        static string Renamed(string name) => name.StartsWith("visual.", StringComparison.Ordinal)
            ? $"model.{name}"
            : name.Replace("model.", "model.language_model.", StringComparison.Ordinal);
    }

    [Fact]
    public void Every_parameter_of_a_fresh_model_learns()
    {
        using var scope = NewDisposeScope();
        using var source = new FreshSource(1);
        var model = source.Build(root => new Qwen(root, QwenCases.Config));
        var logits = model.Language.Logits(model.Forward([QwenCases.Prompt("image_a"), QwenCases.Prompt("text")]));
        logits.logsumexp(-1).sum().backward();
        Assert.All(source.Parameters, p => Assert.True(p.Value.grad?.abs().sum().item<float>() > 0, $"{p.Key} has no gradient."));
    }

    public void Dispose() => _tiny.Dispose();

    private static SafetensorsSource Open() => SafetensorsSource.Open(GoldenFile.Path("tiny-omnigen2/mllm"));
}
