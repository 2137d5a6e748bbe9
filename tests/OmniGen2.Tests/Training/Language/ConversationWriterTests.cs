using OmniGen2.Training.Shapes;

namespace OmniGen2.Tests.Training.Language;

public sealed class ConversationWriterTests
{
    private static readonly RgbImage Picture = ScenePainter.Paint(new Scene(Background.Sea, []));

    [Theory]
    [InlineData("Where is the red star?", 1)]
    [InlineData("put the star from image 1 beside the ring in image 2", 2)]
    [InlineData("Hello!", 0)]
    public void Prompt_of_a_chat_is_what_the_pipeline_reads(string message, int pictures)
    {
        using var pipeline = OmniGen2Pipeline.Load(Mini.Path);
        var recorded = new Dictionary<string, long[]>();
        var request = new ChatRequest { Turns = [new ChatTurn(ChatRole.User, message) { Images = [.. Enumerable.Repeat(Picture, pictures)] }], MaxNewTokens = 1 };
        _ = pipeline.Chat(request, new ParityOptions { Record = (name, tensor) => recorded[name] = [.. tensor.to(TorchSharp.torch.ScalarType.Int64).data<long>()] }).Count();

        var conversation = Mini.Writer.Chat(message, pictures, "Yes.");

        Assert.Equal(recorded["chat.prompt_ids"], conversation.Ids[..conversation.Answer].Select(id => (long)id));
        Assert.Equal(message, Mini.Template.Tokenizer.Decode(conversation.Ids[conversation.Words..conversation.WordsEnd]));
        Assert.Equal("Yes.<|im_end|>", Mini.Template.Tokenizer.Decode(conversation.Ids[conversation.Answer..]));
    }

    [Fact]
    public void A_thread_is_what_the_pipeline_reads()
    {
        using var pipeline = OmniGen2Pipeline.Load(Mini.Path);
        var ids = Array.Empty<long>();
        ChatTurn[] turns = [new(ChatRole.User, "Is there a red star?") { Images = [Picture] }, new(ChatRole.Assistant, "No."), new(ChatRole.User, "make it red")];
        var parity = new ParityOptions { Record = (name, tensor) => ids = name == "chat.prompt_ids" ? [.. tensor.to(TorchSharp.torch.ScalarType.Int64).data<long>()] : ids };
        _ = pipeline.Chat(new ChatRequest { Turns = turns, MaxNewTokens = 1 }, parity).Count();

        var conversation = Mini.Writer.Chat("make it red", 1, ChatTask.PictureToken, ("Is there a red star?", "No."));

        Assert.Equal(ids, conversation.Ids[..conversation.Answer].Select(id => (long)id));
        Assert.Equal("make it red", Mini.Template.Tokenizer.Decode(conversation.Ids[conversation.Words..conversation.WordsEnd]));
        Assert.Equal(Mini.Writer.Chat("Hello!", 1, "Yes.").Trunk, conversation.Trunk);
    }

    [Fact]
    public void Prompt_for_drawing_is_what_the_pipeline_reads()
    {
        const string prompt = "draw a large red star at the top left on a blue background";
        using var pipeline = OmniGen2Pipeline.Load(Mini.Path);
        var ids = Array.Empty<long>();
        var request = new GenerationRequest { Prompt = prompt, Width = 128, Height = 128, Steps = 1 };
        var parity = new ParityOptions { Record = (name, tensor) => ids = name == "text.input_ids" ? [.. tensor.to(TorchSharp.torch.ScalarType.Int64).data<long>()] : ids };
        _ = pipeline.Denoise(request, parity).Count();

        var conversation = Mini.Writer.Drawing(prompt);

        Assert.Equal(ids, conversation.Ids.Select(id => (long)id));
        Assert.Equal(prompt, Mini.Template.Tokenizer.Decode(conversation.Ids[conversation.Words..conversation.WordsEnd]));
        Assert.False(conversation.HasAnswer);
    }

    [Fact]
    public void A_wish_is_answered_by_the_picture_token()
    {
        var conversation = Mini.Writer.Chat("make it red", 1, ChatTask.PictureToken);
        Assert.Equal([Mini.Template.ImageRequestId, Mini.Template.Tokenizer.IdOf("<|im_end|>")], conversation.Ids[conversation.Answer..]);
    }
}
