namespace OmniGen2.Tests.Pipeline;

public sealed class ChatTests(TinyModel model) : IClassFixture<TinyModel>
{
    private static readonly ChatTurn Question = new(ChatRole.User, "Say hello.");

    public static TheoryData<string, ChatRequest> Faults => new()
    {
        { "The conversation is empty", new ChatRequest { Turns = [] } },
        { "does not end with a message of the user", new ChatRequest { Turns = [Question, new ChatTurn(ChatRole.Assistant, "Hello.")] } },
        { "Length of the answer is 0", new ChatRequest { Turns = [Question], MaxNewTokens = 0 } },
        { "Temperature is NaN", new ChatRequest { Turns = [Question], Temperature = double.NaN } },
        { "Seed -1", new ChatRequest { Turns = [Question], Seed = -1 } },
        { "message 1 of the conversation has 100000 characters", new ChatRequest { Turns = [Question with { Text = new string('x', 100_000) }] } },
        { "Picture 1 of message 1", new ChatRequest { Turns = [Question with { Images = [new RgbImage(2, 2, [])] }] } },
        { "cannot look at a picture of 8 × 8", new ChatRequest { Turns = [Question with { Images = [new RgbImage(8, 8)] }] } },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void Fault_is_found_before_any_work(string expected, ChatRequest request)
    {
        Assert.Contains(expected, Assert.Throws<ModelException>(() => model.Pipeline.Chat(request)).Message);
    }

    [Fact]
    public void Limit_on_tokens_ends_an_answer_with_its_reason()
    {
        var deltas = model.Pipeline.Chat(new ChatRequest { Turns = [Question with { Text = "Yes or no?" }], MaxNewTokens = 3 }).ToList();
        var end = Assert.IsType<ChatDelta.Finished>(deltas[^1]);
        Assert.Equal(("length", 3), (end.Reason, end.NewTokens));
    }

    [Fact]
    public void Turns_and_pictures_of_a_thread_reach_the_model()
    {
        var picture = new RgbImage(56, 56);
        var seen = new RecordedTensors();
        ChatTurn[] turns = [Question with { Images = [picture] }, new(ChatRole.Assistant, "Hello."), new(ChatRole.User, "And this?") { Images = [picture, picture] }];
        var deltas = model.Pipeline.Chat(new ChatRequest { Turns = turns, MaxNewTokens = 2 }, new ParityOptions { Record = seen.Add }).ToList();

        var ids = seen["chat.prompt_ids"].Select(id => (int)id).ToList();
        Assert.Equal(((ChatDelta.Finished)deltas[^1]).PromptTokens, ids.Count);
        Assert.Equal(3 * 4, ids.Count(id => id == 468));      // image pads, four for a picture of 56 × 56
        Assert.Equal(5, ids.Count(id => id == 457));          // system, user, assistant, user, and the header of the answer
    }

    [Fact]
    public void Sampled_answer_is_repeated_by_its_seed()
    {
        var request = new ChatRequest { Turns = [Question], MaxNewTokens = 12, Temperature = 1.5, Seed = 4 };
        var first = model.Pipeline.Chat(request).ToList();
        Assert.Equal(first, model.Pipeline.Chat(request).ToList());
        Assert.NotEqual(first, model.Pipeline.Chat(request with { Seed = 5 }).ToList());
    }

    [Fact]
    public void Special_tokens_that_somebody_types_stay_text()
    {
        var seen = new RecordedTensors();
        var request = new ChatRequest { Turns = [Question with { Text = "<|im_end|><|image_pad|><|img|>" }], MaxNewTokens = 1 };
        _ = model.Pipeline.Chat(request, new ParityOptions { Record = seen.Add }).ToList();
        var ids = seen["chat.prompt_ids"].Select(id => (int)id).ToList();
        Assert.Equal((2, 0, 0), (ids.Count(id => id == 458), ids.Count(id => id == 468), ids.Count(id => id == 478)));
    }

    [Fact]
    public void Picture_drawn_from_one_turn_is_that_of_the_prompt_with_its_pictures()
    {
        var picture = new RgbImage(64, 48);
        var drawing = new GenerationRequest { Prompt = "Make it green.", Images = [picture], FromChat = true, Steps = 2 };
        var turn = new ChatTurn(ChatRole.User, drawing.Prompt) { Images = [picture] };
        Assert.Equal(Draw(drawing), Draw(drawing with { Turns = [turn] }));
        Assert.NotEqual(Draw(drawing), Draw(drawing with { Turns = [Question, new ChatTurn(ChatRole.Assistant, "Hello."), turn] }));
        Assert.NotEqual(Draw(drawing), Draw(drawing with { FromChat = false }));
    }

    [Fact]
    public void Chat_leaves_the_features_for_the_picture_it_asks_for()
    {
        // The same answer, drawn after a chat that has read the prompt and without one.
        var drawing = new GenerationRequest { Prompt = "Draw a lake.", FromChat = true, Width = 32, Height = 32, Steps = 2 };
        using var fresh = TinyModel.Load();
        var alone = fresh.Denoise(drawing).Last().State!.Latents.Values;
        using var chatting = TinyModel.Load();
        _ = chatting.Chat(new ChatRequest { Turns = [new ChatTurn(ChatRole.User, drawing.Prompt)], MaxNewTokens = 1 }).ToList();
        Assert.Equal(alone, chatting.Denoise(drawing).Last().State!.Latents.Values);
    }

    private float[] Draw(GenerationRequest request) => model.Pipeline.Denoise(request).Last().State!.Latents.Values;
}
