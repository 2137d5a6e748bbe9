namespace OmniGen2.Models.Vision;

/// <summary>A picture as the vision tower takes it: normalised patches, row after row, the four patches of a token side by side.</summary>
/// <param name="Grid">Size in patches.</param>
/// <param name="Patches">Grid.Patches × (channels × frames × rows × columns) values.</param>
public sealed record VisionImage(ImageGrid Grid, float[] Patches);
