using OmniGen2.Training.Shapes;

namespace OmniGen2.Training.Language;

/// <summary>One of the conversations that go on from the same pictures.</summary>
/// <param name="Conversation">Its beginning is the tree's trunk.</param>
/// <param name="IsPrompt">Whether the picture model reads it, so that its hidden states must say what the words said.</param>
/// <param name="Seen">The scene of its one picture.</param>
internal sealed record Branch(Conversation Conversation, bool IsPrompt, Scene? Seen)
{
    /// <summary>Whether what the words claim of the picture is so; null where they claim nothing.</summary>
    public bool? IsTrue { get; init; }

    /// <summary>Whether they are a request to judge the picture by, which is wrong from the first wrong word on.</summary>
    public bool IsRequest { get; init; }
}

/// <summary>
/// Conversations with the same pictures as one sequence: the pictures once, then every conversation's own tokens, which see the pictures
/// and themselves but not each other. Each is read exactly as if it stood alone, at a fraction of the work.
/// </summary>
/// <param name="Pictures">In the trunk, in order.</param>
/// <param name="Branches">At least one.</param>
internal sealed record ConversationTree(IReadOnlyList<Scene> Pictures, IReadOnlyList<Branch> Branches)
{
    /// <summary>Tokens that all branches share.</summary>
    public int Trunk => Branches[0].Conversation.Trunk;

    public int Length => Trunk + Branches.Sum(b => b.Conversation.Ids.Length - Trunk);

    public IEnumerable<int> TrunkIds => Branches[0].Conversation.Ids.Take(Trunk);
}
