namespace OmniGen2.Training.Folder;

/// <summary>The ways in which a sample's prompt may come.</summary>
internal enum PromptForm
{
    /// <summary>As the list has it.</summary>
    Plain,

    /// <summary>Without its stock opening.</summary>
    WithoutOpening,

    /// <summary>As a conversation, in which the language model sees the references.</summary>
    Chat,
}
