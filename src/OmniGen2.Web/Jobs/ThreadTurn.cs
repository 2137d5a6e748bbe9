namespace OmniGen2.Web.Jobs;

/// <summary>A message of a conversation, with the pictures that were shown in it.</summary>
public sealed record ThreadTurn(ChatRole Role, string Text)
{
    public IReadOnlyList<Reference> Pictures { get; init; } = [];
}
