using OmniGen2.Web.History;

namespace OmniGen2.Web.Components.Pages.Gallery;

/// <summary>A board that is being named.</summary>
/// <param name="Board">Null for a new one.</param>
/// <param name="Pictures">What is put on the new one.</param>
public sealed record BoardNaming(BoardSummary? Board, IReadOnlyCollection<Guid> Pictures);
