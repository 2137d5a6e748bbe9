using OmniGen2.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Models.Language;

/// <summary>Answers, token by token.</summary>
public sealed partial class Qwen
{
    private AnswerDecoder? _decoder;

    /// <summary>Whether tokens of answers may be recorded as graphs; never while somebody watches the intermediate results.</summary>
    public GraphPolicy? Graphs { get; set; }

    /// <summary>What answers go through where they are recorded, once the first has.</summary>
    internal AnswerDecoder? Decoder => _decoder;

    private bool Records => Recorder is null && Graphs is { IsOn: true };

    /// <summary>Answers a prompt token by token, the one that ends the answer included. Each call starts at the prompt, and only the last one goes on.</summary>
    public IEnumerable<int> Generate(LanguageState state, GenerationOptions options)
    {
        state.Rewind();
        using var choice = Choice(state, options);
        var ids = new List<int>(state.PromptIds);
        var last = state.PromptIds.Count + Math.Min(options.MaxNewTokens, Config.MaxPositions - state.PromptIds.Count);
        while (ids.Count < last)
        {
            var token = Next(state, ids, choice);
            ids.Add(token);
            yield return token;

            if (options.EndIds.Contains(token) || options.Stop?.Invoke(ids) == true)
            {
                yield break;
            }
        }
    }

    /// <summary>Lets go of what answers are recorded with; the next one begins it anew.</summary>
    internal void ForgetRecordings() => _decoder?.Dispose();

    private ITokenChoice Choice(LanguageState state, GenerationOptions options)
    {
        var isFar = Language.Device.type != DeviceType.CPU || Records;
        return options.IsGreedy && isFar && Recorder is null
            ? new GreedyChoice(options, state.PromptIds, Language.VocabSize, Language.Device)
            : new HostChoice(new TokenSampler(options, state.PromptIds), Record);
    }

    private int Next(LanguageState state, List<int> ids, ITokenChoice choice)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return choice.Pick(Logits(state, ids));
    }

    /// <summary>What may follow the ids: the prompt's last hidden state is there already, a token of the answer goes through the layers first.</summary>
    private Tensor Logits(LanguageState state, List<int> ids)
    {
        var prompt = state.PromptIds.Count;
        var position = state.NextPosition + ids.Count - prompt - 1;
        Record("gen.position_ids", [position]);
        if (ids.Count == prompt)
        {
            return Language.Logits(state.Hidden.narrow(0, prompt - 1, 1));
        }

        if (state.Length != ids.Count - 1)
        {
            throw new InvalidOperationException("Another answer to the same prompt has begun since; only the last one can go on.");
        }

        if (Graphs is { } policy && Records)
        {
            _decoder ??= new AnswerDecoder(Language, policy);
            return _decoder.Next(state, ids[^1], position).Logits;
        }

        ForgetRecordings();
        return Language.Logits(Decode(state, ids[^1], position));
    }

    /// <summary>The hidden state [1, D] of a token.</summary>
    private Tensor Decode(LanguageState state, int id, int position)
    {
        var embedding = Language.Embed(tensor(new long[] { id }, device: Language.Device).unsqueeze(0));
        return Language.Forward(embedding, Language.Rotary([TokenPositions.Single(position)], null), state.Caches, null).squeeze(0);
    }

    private void Record(string name, float[] values)
    {
        if (Recorder is { } record)
        {
            using var copy = tensor(values);
            record(name, copy);
        }
    }
}
