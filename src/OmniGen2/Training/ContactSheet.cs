namespace OmniGen2.Training;

/// <summary>Pictures to look at, each row under one line of text.</summary>
/// <param name="Name">Part of a file name: small letters and dashes.</param>
/// <param name="Rows">From the top.</param>
public sealed record ContactSheet(string Name, IReadOnlyList<ContactRow> Rows);

/// <summary>Pictures side by side, such as references, result and target.</summary>
/// <param name="Pictures">From the left.</param>
/// <param name="Caption">The prompt, or what there is to say.</param>
public sealed record ContactRow(IReadOnlyList<RgbImage> Pictures, string Caption);
