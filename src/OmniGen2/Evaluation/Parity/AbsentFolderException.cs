namespace OmniGen2.Evaluation.Parity;

/// <summary>A case needs a folder that the recorded set does not have.</summary>
internal sealed class AbsentFolderException(string folder) : ModelException($"The recorded set has no folder '{folder}'.")
{
    public string Folder { get; } = folder;
}
