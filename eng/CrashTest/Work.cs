using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.CrashTest;

/// <summary>What is asked for: rounds of mixed jobs, the same ones for the same seed.</summary>
/// <param name="seed">Of ids, words and pictures.</param>
/// <param name="uploads">Three pictures of the history to draw from.</param>
internal sealed class Work(int seed, IReadOnlyList<PictureRow> uploads)
{
    private static readonly string[] Colours = ["red", "blue", "green", "yellow", "purple"];
    private static readonly string[] People = ["ada", "li", "mira"];
    private static readonly string[] Shapes = ["circle", "square", "star", "heart", "ring"];

    /// <summary>Ten jobs: words alone with either solver and with a cache, an edit, a composition, a batch of three, an answer in words, an answer that may be a picture.</summary>
    public IReadOnlyList<(JobRow Job, MessageRow? Answer)> Round(int number)
    {
        var random = new Random(unchecked((seed * 397) ^ number));
        return
        [
            Picture(random, Generation(random, steps: 40)),
            Answer(random, $"How many {Pick(random, Shapes)}s are there?"),
            Picture(random, Generation(random, steps: 24) with { Scheduler = SchedulerKind.DpmSolver }),
            Picture(random, Generation(random, steps: 30) with { Prompt = $"Make the {Pick(random, Shapes)} {Pick(random, Colours)}." }, 0),
            .. Batch(random),
            Picture(random, Generation(random, steps: 20) with { Prompt = "Put the shape of the first image beside that of the second image." }, 1, 2),
            Answer(random, $"Draw a {Pick(random, Colours)} {Pick(random, Shapes)}."),
            Picture(random, Generation(random, steps: 40) with { Cache = new CacheOptions.TeaCache() }),
        ];
    }

    private static GenerationRequest Generation(Random random, int steps) => new()
    {
        Prompt = $"a {Pick(random, Colours)} {Pick(random, Shapes)} left of a {Pick(random, Colours)} {Pick(random, Shapes)}",
        Width = 128,
        Height = 128,
        MaxPixels = 128 * 128,
        MaxReferenceSide = 128,
        Steps = steps,
        TextGuidance = 4,
        ImageGuidance = 1.5,
        Seed = random.NextInt64(1L << 32),
    };

    private static string Pick(Random random, string[] words) => words[random.Next(words.Length)];

    private static Guid Id(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private (JobRow, MessageRow?) Picture(Random random, GenerationRequest generation, params int[] references) =>
        (Row(random, new PictureRequest { Generation = generation, References = [.. references.Select(x => Reference.To(uploads[x]))] }), null);

    private static IEnumerable<(JobRow, MessageRow?)> Batch(Random random)
    {
        var (batch, generation) = (Id(random), Generation(random, steps: 16));
        for (var i = 0; i < 3; i++)
        {
            yield return (Row(random, new PictureRequest { Generation = generation with { Seed = generation.Seed + i }, Count = 3, Number = i + 1 }, batch), null);
        }
    }

    private (JobRow, MessageRow?) Answer(Random random, string question)
    {
        var request = new AnswerRequest
        {
            Thread = Id(random),
            Message = Id(random),
            Turns = [new ThreadTurn(ChatRole.User, question) { Pictures = [Reference.To(uploads[0])] }],
            Drawing = new PictureRequest { Generation = Generation(random, steps: 20), References = [Reference.To(uploads[0])] },
            MaxNewTokens = 64,
        };
        var job = Row(random, request);
        return (job, new MessageRow
        {
            Id = request.Message.Value,
            ThreadId = request.Thread.Value,
            Place = 0,
            Role = ChatRole.Assistant,
            Text = "",
            CreatedAt = job.CreatedAt,
            JobId = job.Id,
        });
    }

    private static JobRow Row(Random random, JobRequest request, Guid? batch = null) => new()
    {
        Id = Id(random),
        // Several, so that their jobs take turns and more than one is half done at a kill.
        Owner = Pick(random, People),
        Kind = request is AnswerRequest ? JobKind.Answer : JobKind.Picture,
        Place = 0,
        Batch = batch,
        Request = RequestJson.Write(request),
        CreatedAt = DateTimeOffset.UtcNow,
    };
}
