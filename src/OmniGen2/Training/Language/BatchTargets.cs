using OmniGen2.Tokenization;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Training.Language;

/// <summary>What there is to learn from every token of some trees.</summary>
internal sealed class BatchTargets
{
    private readonly BytePairTokenizer _tokenizer;
    private readonly double _lengthPower;

    /// <param name="trees">Rows of the batch.</param>
    /// <param name="length">Tokens of a row.</param>
    /// <param name="tokenizer">Of the ids.</param>
    /// <param name="lengthPower">See <see cref="LanguageWeights.LengthPower"/>.</param>
    public BatchTargets(IReadOnlyList<ConversationTree> trees, int length, BytePairTokenizer tokenizer, double lengthPower)
    {
        (_tokenizer, _lengthPower) = (tokenizer, lengthPower);
        var sample = 0;
        for (var row = 0; row < trees.Count; row++)
        {
            var (start, trunk) = (row * length, trees[row].Trunk);
            var own = start + trunk;
            foreach (var branch in trees[row].Branches)
            {
                // Where in the batch a token of the conversation stands.
                var first = own;
                Add(branch, k => k < trunk ? start + k : first + k - trunk, sample++);
                own += branch.Conversation.Ids.Length - trunk;
            }
        }
    }

    public TargetList<long> Answers { get; } = new(1);

    public TargetList<long> Words { get; } = new(1);

    public TargetList<long> Prompts { get; } = new(1 + PhraseState.Classes.Length);

    public TargetList<float> Grounds { get; } = new(Grounding.Truths);

    public TargetList<float> Claims { get; } = new(1);

    private void Add(Branch branch, Func<int, int> placeOf, int sample)
    {
        var conversation = branch.Conversation;
        var (ids, words, end) = (conversation.Ids, conversation.Words, conversation.WordsEnd);
        var count = ids.Length - conversation.Answer;
        for (var k = words; k < end; k++)
        {
            Words.Add(placeOf(k - 1), [ids[k]], 1, sample);
        }

        for (var k = conversation.Answer; k < ids.Length; k++)
        {
            Answers.Add(placeOf(k - 1), [ids[k]], Math.Pow(count, -_lengthPower), sample);
        }

        if (branch.IsPrompt)
        {
            var states = PhraseReader.Read(conversation.Text, ids.AsSpan(words..end), _tokenizer);
            for (var i = 0; i < states.Length; i++)
            {
                Prompts.Add(placeOf(words + i), [ids[words + i], .. states[i].Labels], 1, sample);
            }
        }

        if (branch.Seen is { } scene)
        {
            var states = PhraseReader.Read(conversation.Text, ids.AsSpan(words..end), _tokenizer, isQuestion: true);
            AddSeen(branch, scene, states, i => placeOf(words + i), sample);
        }
    }

    private void AddSeen(Branch branch, Scene scene, PhraseState[] states, Func<int, int> placeOf, int sample)
    {
        for (var i = 0; i < states.Length; i++)
        {
            if (Grounding.Labels(states[i], scene) is { } labels)
            {
                Grounds.Add(placeOf(i), labels, 1, sample);
            }
        }

        if (branch is { IsRequest: true })
        {
            var first = Array.FindIndex(states, s => !s.IsEmpty);
            foreach (var (i, holds) in Grounding.Holds(states, scene).Index().Skip(first))
            {
                Claims.Add(placeOf(i), [holds ? 1 : 0], Math.Pow(states.Length - first, -_lengthPower), sample);
            }
        }
        else if (branch.IsTrue is { } isTrue)
        {
            Claims.Add(placeOf(states.Length - 1), [isTrue ? 1 : 0], 1, sample);
        }
    }
}
