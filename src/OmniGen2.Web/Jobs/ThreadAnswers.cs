using OmniGen2.Web.History;

namespace OmniGen2.Web.Jobs;

/// <summary>Asks the model for the next message of a thread.</summary>
public sealed class ThreadAnswers(ThreadStore threads, JobQueue queue, ModelHost model)
{
    /// <summary>The answer to what was said last. A thread without words, and whatever the queue refuses, is a <see cref="ModelException"/>.</summary>
    public async Task<Job> Ask(Guid thread, CancellationToken cancellationToken)
    {
        var info = model.Info ?? throw new ModelException("The model is being loaded: ask for the answer again in a moment.");
        var messages = await threads.Messages(thread, cancellationToken);
        var turns = Conversation.Turns(messages);
        if (turns.Count == 0)
        {
            throw new ModelException("Nothing was said in this thread: say something first.");
        }

        var references = Conversation.References(messages, PictureNumbers.In(turns[^1].Text));
        var drawing = info.Request(turns[^1].Text) with { Seed = PictureRequest.NewSeed(), TextGuidance = references.Count > 0 ? info.EditTextGuidance : info.TextGuidance };
        return await queue.Enqueue(
            new AnswerRequest { Thread = thread, Message = Guid.NewGuid(), Turns = turns, Drawing = new PictureRequest { Generation = drawing, References = references } },
            cancellationToken: cancellationToken);
    }
}
