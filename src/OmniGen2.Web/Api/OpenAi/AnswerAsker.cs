using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.OpenAi;

/// <summary>Asks the queue for the next message of a conversation, which may turn out to be a picture.</summary>
internal sealed class AnswerAsker(ClientJobs clients, ConversationReader reader, ImageStore images)
{
    private const int MostTokens = 16_384;
    private const int UsualTokens = 1_024;
    private const double HighestTemperature = 2;

    /// <param name="context">The request.</param>
    /// <param name="fields">Everything about the answer.</param>
    /// <param name="drawing">How to draw, should the answer be a picture.</param>
    /// <param name="messages">What was said.</param>
    /// <param name="parameter">How the request calls that.</param>
    /// <param name="lengths">How it calls the longest answer.</param>
    public async Task<AskedAnswer> Ask(
        HttpContext context, RequestFields fields, RequestFields drawing, IReadOnlyList<SaidMessage> messages, string parameter, params string[] lengths)
    {
        var stopped = context.RequestAborted;
        var model = await clients.Model(fields.Text("model"), stopped);
        var output = OutputFields.Read(drawing, model) with { Stream = fields.Flag("stream") };
        var longest = lengths.Select(x => fields.Integer(x, 1, MostTokens)).FirstOrDefault(x => x is not null) ?? UsualTokens;
        var temperature = fields.Number("temperature", 0, HighestTemperature) ?? 0;
        var turns = await reader.Turns(messages, parameter, ApiAccess.OwnerOf(context), stopped);
        var words = turns[^1].Text;
        var references = Conversation.References(turns, PictureNumbers.In(words));
        var generation = DrawingFields.Generation(drawing, model, words, references);
        var request = new AnswerRequest
        {
            Turns = turns,
            Drawing = new PictureRequest { Generation = generation, References = references },
            MaxNewTokens = (int)longest,
            Temperature = temperature,
            Seed = generation.Seed,
        };
        return new AskedAnswer(await clients.Enqueue(request, ApiAccess.OwnerOf(context), stopped), request.Drawing, model, output);
    }

    /// <summary>All that it says, once it is over; empty for a picture.</summary>
    public async Task<string> Words(Job job, CancellationToken cancellationToken)
    {
        var text = "";
        await foreach (var update in clients.Watch(job, cancellationToken))
        {
            ClientJobs.Check(update);
            text = TextOf(update) ?? text;
        }

        return text;
    }

    /// <summary>What the answer says so far; null where it says nothing new.</summary>
    public static string? TextOf(JobUpdate update) => update switch
    {
        JobUpdate.Answering answering => answering.Text,
        JobUpdate.Answered answered => answered.Text,
        _ => null,
    };

    /// <summary>The picture that a job has become; null when it has become words.</summary>
    public async Task<PictureRow?> Picture(Job job, CancellationToken cancellationToken) =>
        job.Latest is JobUpdate.Answered ? null : await images.Find(job.Id, cancellationToken);
}

/// <summary>An answer on its way.</summary>
internal sealed record AskedAnswer(Job Job, PictureRequest Drawing, ModelInfo Model, OutputFields Output);
