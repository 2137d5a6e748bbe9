namespace OmniGen2.Models.Diffusion;

/// <summary>Where one token stands: its place in the sequence of texts and images, and its row and column inside its image.</summary>
internal readonly record struct TokenPosition(int Sequence, int Row, int Column);

/// <summary>Positions of the tokens of a text, of an image, and of a joint sequence.</summary>
internal static class TokenPositions
{
    public static IEnumerable<TokenPosition> Text(int length) => Enumerable.Range(0, length).Select(i => new TokenPosition(i, i, i));

    /// <summary>Rows and columns start from 0 in every image, so that an edited picture lies exactly on its reference.</summary>
    public static IEnumerable<TokenPosition> Image(int sequence, PatchGrid grid) =>
        Enumerable.Range(0, grid.Count).Select(i => new TokenPosition(sequence, i / grid.Width, i % grid.Width));

    /// <summary>Text, references in order, noise; after a reference the sequence goes on behind its longer side.</summary>
    public static IEnumerable<TokenPosition> Joint(int textLength, IEnumerable<PatchGrid> references, PatchGrid noise)
    {
        var positions = Text(textLength);
        var sequence = textLength;
        foreach (var grid in references)
        {
            positions = positions.Concat(Image(sequence, grid));
            sequence += Math.Max(grid.Height, grid.Width);
        }

        return positions.Concat(Image(sequence, noise));
    }
}
