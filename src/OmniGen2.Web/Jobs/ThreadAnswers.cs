using OmniGen2.Web.History;

namespace OmniGen2.Web.Jobs;

/// <summary>Asks the model for the next message of a thread.</summary>
public sealed class ThreadAnswers(ThreadStore threads, JobQueue queue, ModelHost model)
{
    // Warm enough that another try says it in other words.
    private const double OtherWords = 0.7;

    /// <summary>The answer to what was said last. A thread without words, and whatever the queue refuses, is a <see cref="ModelException"/>.</summary>
    /// <param name="thread">Which.</param>
    /// <param name="isAgain">An answer was there and did not please: greedily the same would come again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Job> Ask(Guid thread, bool isAgain, CancellationToken cancellationToken)
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
            new AnswerRequest
            {
                Thread = thread,
                Message = Guid.NewGuid(),
                Turns = turns,
                Temperature = isAgain ? OtherWords : 0,
                Seed = PictureRequest.NewSeed(),
                Drawing = new PictureRequest { Generation = drawing, References = references },
            },
            cancellationToken: cancellationToken);
    }
}
