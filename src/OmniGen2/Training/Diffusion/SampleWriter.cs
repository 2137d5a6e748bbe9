using OmniGen2.Sampling;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Training.Diffusion;

/// <summary>Turns tasks of the shapes world into samples, in the plain form or in that of a conversation.</summary>
internal sealed class SampleWriter(PromptReader reader)
{
    public DiffusionSample T2i(T2iTask task, bool isChat) => Sample(DiffusionTaskKind.T2i, task.Prompt, [], task.Scene, isChat);

    public DiffusionSample Edit(EditTask task, bool isChat) => Sample(DiffusionTaskKind.Edit, task.Instruction, [task.Source], task.Target, isChat);

    public DiffusionSample Compose(ComposeTask task, bool isChat) => Sample(DiffusionTaskKind.Compose, task.Instruction, task.References, task.Target, isChat);

    /// <summary>What guidance leaves of a prompt: nothing but the form.</summary>
    public PromptToRead Empty(bool isChat) => isChat ? reader.Conversation([new ChatTurn(ChatRole.User, "")]) : reader.Plain("");

    private DiffusionSample Sample(DiffusionTaskKind task, string prompt, IReadOnlyList<Scene> references, Scene target, bool isChat)
    {
        var read = isChat
            ? reader.Conversation([new ChatTurn(ChatRole.User, prompt) { Images = [.. references.Select(ScenePainter.Paint)] }])
            : reader.Plain(prompt);
        return new DiffusionSample(task, read, references, target);
    }
}
