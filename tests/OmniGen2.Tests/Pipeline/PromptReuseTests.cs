using OmniGen2.Sampling;

namespace OmniGen2.Tests.Pipeline;

/// <summary>A thread goes on from what has been read of it, and nobody can tell from the results.</summary>
public sealed class PromptReuseTests
{
    private static readonly ChatTurn[] Thread =
    [
        new(ChatRole.User, "Please look at this picture and tell me slowly and in many words what there is to be seen in it.") { Images = [Picture(1)] },
        new(ChatRole.Assistant, "There is a lake behind a wood, and a boat on it, and nobody in the boat."),
        new(ChatRole.User, "And what of this one, which was taken on another day?") { Images = [Picture(2)] },
    ];

    [Fact]
    public void Second_turn_is_answered_and_drawn_as_if_everything_had_been_read_again()
    {
        using var fresh = TinyModel.Load();
        using var going = TinyModel.Load();
        _ = Answer(going, Thread[..1]);
        Assert.Equal(0, going.TokensReused);

        Assert.Equal(Answer(fresh, Thread), Answer(going, Thread));
        Assert.InRange(going.TokensReused, 64, int.MaxValue);
        Assert.Equal(0, fresh.TokensReused);
        Assert.Equal(Draw(fresh), Draw(going));
    }

    [Fact]
    public void Picture_is_drawn_from_what_the_turn_before_has_read()
    {
        using var fresh = TinyModel.Load();
        using var going = TinyModel.Load();
        _ = Answer(going, Thread[..1]);
        Assert.Equal(Draw(fresh), Draw(going));
        Assert.InRange(going.TokensReused, 64, int.MaxValue);
    }

    [Fact]
    public void Same_question_again_reads_nothing()
    {
        using var pipeline = TinyModel.Load();
        var first = Answer(pipeline, Thread[..1]);
        Assert.Equal(first, Answer(pipeline, Thread[..1]));
        Assert.Equal(((ChatDelta.Finished)first[^1]).PromptTokens, pipeline.TokensReused);
    }

    [Fact]
    public void Another_picture_at_the_same_place_is_read_anew()
    {
        using var fresh = TinyModel.Load();
        using var going = TinyModel.Load();
        _ = Answer(going, Thread[..1]);
        ChatTurn[] other = [Thread[0] with { Images = [Picture(3)] }];
        Assert.Equal(Answer(fresh, other), Answer(going, other));
        Assert.Equal(0, going.TokensReused);
    }

    [Fact]
    public void Two_answers_at_a_time_do_not_disturb_each_other()
    {
        using var fresh = TinyModel.Load();
        using var busy = TinyModel.Load();
        _ = Answer(busy, Thread[..1]);
        using var one = busy.Chat(Request(Thread)).GetEnumerator();
        Assert.True(one.MoveNext());
        Assert.Equal(Answer(fresh, Thread[..1]), Answer(busy, Thread[..1]));
        var rest = new List<ChatDelta> { one.Current };
        while (one.MoveNext())
        {
            rest.Add(one.Current);
        }

        Assert.Equal(Answer(fresh, Thread), rest);
    }

    [Fact]
    public void What_is_kept_stays_below_its_limit()
    {
        using var pipeline = TinyModel.Load();
        var parts = pipeline.Parts;
        var reader = new PromptReader(parts.Template, parts.Images);
        using var none = new ReadPrompts(parts.Language, reader, 0);
        none.Read(reader.Conversation(Thread), 8).Dispose();
        Assert.Equal(0, none.Bytes);

        using var one = new ReadPrompts(parts.Language, reader, 1 << 20);
        for (var i = 0; i < 12; i++)
        {
            one.Read(reader.Conversation([new ChatTurn(ChatRole.User, $"{i} {Thread[0].Text}")]), 8).Dispose();
            Assert.InRange(one.Bytes, 1, 1 << 20);
        }
    }

    private static ChatRequest Request(ChatTurn[] turns) => new() { Turns = turns, MaxNewTokens = 12 };

    private static List<ChatDelta> Answer(OmniGen2Pipeline pipeline, ChatTurn[] turns) => [.. pipeline.Chat(Request(turns))];

    private static float[] Draw(OmniGen2Pipeline pipeline)
    {
        var request = new GenerationRequest { Prompt = Thread[^1].Text, FromChat = true, Turns = Thread, Width = 32, Height = 32, Steps = 2 };
        return pipeline.Denoise(request).Last().State!.Latents.Values;
    }

    private static RgbImage Picture(int seed)
    {
        var picture = new RgbImage(56, 84);
        new Random(seed).NextBytes(picture.Pixels);
        return picture;
    }
}
