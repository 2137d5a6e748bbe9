using System.Text.Json;
using OmniGen2.Imaging;
using OmniGen2.Tests;

namespace OmniGen2.Cli.Tests;

public sealed class ChatTests : IDisposable
{
    private static readonly JsonElement Runs = JsonDocument.Parse(GoldenFile.Text("tiny-omnigen2-runs/index.json")).RootElement;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("chat_text")]
    [InlineData("chat_text_with_image")]
    public void Answer_is_the_recorded_one(string name)
    {
        var call = Runs.GetProperty(name).GetProperty("call");
        var run = Chat(["--prompt", call.GetProperty("prompt").GetString()!, .. Images(call)]).MustSucceed();
        // The token that ends an answer is not shown; the original leaves some of them in.
        var recorded = Runs.GetProperty(name).GetProperty("chat").GetProperty("returned_text").GetString()!.Replace("<|endoftext|>", "");
        Assert.Equal($"{recorded}\n", run.Output);
    }

    [Fact]
    public void Drawn_answer_is_saved_with_the_prompt_inside()
    {
        var call = Runs.GetProperty("chat_image").GetProperty("call");
        var file = _folder.File("drawn.png");
        var model = Checkpoints.SmallCopyOfTiny(_folder);
        var run = CliRun.Of("chat", "--model", model, "--prompt", call.GetProperty("prompt").GetString()!, "--out", file).MustSucceed();
        Assert.Equal($"{file}\n", run.Output);
        Assert.Equal(call.GetProperty("prompt").GetString(), GenerationMetadata.FromPng(File.ReadAllBytes(file))!.Request.Prompt);
    }

    [Fact]
    public void Conversation_goes_on_until_the_input_ends()
    {
        var prompt = Runs.GetProperty("chat_text").GetProperty("call").GetProperty("prompt").GetString();
        var alone = Chat("--prompt", prompt!).MustSucceed().Output;
        var several = Chat(new CliOptions { Input = $"{prompt}\n\n/new\n{prompt}\n" }).MustSucceed().Output;
        Assert.Equal(alone + alone, several);
    }

    [Fact]
    public void Mistake_in_a_typed_conversation_is_told_and_the_conversation_goes_on()
    {
        var run = Chat(new CliOptions { Input = "/image nowhere.png\n/what\n/quit\n", IsTyped = true }).MustSucceed();
        Assert.Contains("The picture 'nowhere.png' cannot be opened", run.Error);
        Assert.Contains("There is no command '/what'.", run.Error);
    }

    [Fact]
    public void Mistake_in_a_script_ends_it() =>
        Assert.Equal(1, Chat(new CliOptions { Input = "/image nowhere.png\nWhat is it?\n" }).ExitCode);

    [Fact]
    public void Ctrl_C_while_waiting_for_a_line_ends_with_130()
    {
        using var stop = new CancellationTokenSource();
        using var error = new StoppingWriter("> ", stop);
        using var input = new NeverEndingReader();
        var run = CliRun.Of(new CliOptions { Reader = input, IsTyped = true, Stop = stop.Token, Error = error }, "chat", "--model", Checkpoints.Tiny, "--out", _folder.File("a.png"));
        Assert.Equal(130, run.ExitCode);
    }

    private CliRun Chat(params string[] arguments) => Chat(new CliOptions(), arguments);

    private CliRun Chat(CliOptions options, params string[] arguments) => CliRun.Of(
        options,
        ["chat", "--model", Checkpoints.Tiny, "--dtype", "fp32", .. arguments.Contains("--out") ? [] : (string[])["--out", _folder.File("answer.png")], .. arguments]);

    private static IEnumerable<string> Images(JsonElement call) => call.TryGetProperty("input_images", out var names) && names.ValueKind == JsonValueKind.Array
        ? names.EnumerateArray().SelectMany(n => (string[])["--image", Checkpoints.Run(n.GetString()!)])
        : [];

    /// <summary>Somebody who has not typed anything yet.</summary>
    private sealed class NeverEndingReader : TextReader
    {
        private readonly ManualResetEventSlim _closed = new();

        public override string? ReadLine()
        {
            _closed.Wait();
            return null;
        }

        protected override void Dispose(bool disposing)
        {
            _closed.Set();
            base.Dispose(disposing);
        }
    }
}
