namespace OmniGen2.Training.Folder;

/// <summary>One sample as its list has it: {"task_type": "edit", "instruction": "…", "input_images": ["…"], "output_image": "…"}.</summary>
/// <param name="Place">List and line, for messages.</param>
/// <param name="TaskType">"t2i", "edit" and so on; empty where the list says nothing.</param>
/// <param name="Instruction">The prompt.</param>
/// <param name="InputImages">Full paths of the references.</param>
/// <param name="OutputImage">Full path of the target.</param>
internal sealed record FolderRecord(string Place, string TaskType, string Instruction, IReadOnlyList<string> InputImages, string OutputImage)
{
    private static readonly string[] Openings =
        ["The image portrays ", "The image depicts ", "The image captures ", "The image highlights ", "The image shows "];

    /// <summary>The prompt without its stock opening; null where there is none, or where the sample is no picture from a prompt.</summary>
    public string? WithoutOpening =>
        IsT2i && Array.Find(Openings, o => Instruction.StartsWith(o, StringComparison.Ordinal)) is { } opening ? Instruction[opening.Length..] : null;

    private bool IsT2i => TaskType.Contains("t2i", StringComparison.OrdinalIgnoreCase) || TaskType.Contains("text_to_image", StringComparison.OrdinalIgnoreCase)
        || (TaskType.Length == 0 && InputImages.Count == 0);
}
