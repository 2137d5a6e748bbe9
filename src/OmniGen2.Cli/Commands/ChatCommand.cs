using System.CommandLine;
using OmniGen2.Cli.Chatting;
using OmniGen2.Cli.Shell;

namespace OmniGen2.Cli.Commands;

/// <summary>Asks about pictures and has them drawn, in one question or a conversation.</summary>
internal static class ChatCommand
{
    private const int DefaultNewTokens = 256;

    public static Command Create(Terminal terminal)
    {
        var model = CommonOptions.Model();
        var images = new Option<string[]>("--image") { Description = "A picture to talk about; several with one --image each.", HelpName = "F" };
        var prompt = new Option<string?>("--prompt") { Description = "The one question. Without it a conversation is read from stdin.", HelpName = "P" };
        var tokens = CommonOptions.Whole("--max-new-tokens", "N", $"Longest answer. [default: {DefaultNewTokens}]", 1);
        var file = new Option<string?>("--out") { Description = "Where a drawn answer goes; further ones of a conversation become F_1.png, F_2.png … [default: answer.png]", HelpName = "F.png" };
        var precision = CommonOptions.Precision();
        var residency = CommonOptions.Residency();
        var weights = CommonOptions.Weights();
        var graphs = CommonOptions.Graphs();
        var quiet = CommonOptions.Quiet();
        var command = new ExampleCommand(
            "chat",
            "Answers questions about pictures, as text while it is made or as a drawn picture.",
            "omnigen2 chat --model models/omnigen2-mini --image photo.png --prompt \"What is in the picture?\"",
            "omnigen2 chat --model D --prompt \"Draw a lighthouse in a storm.\" --out lighthouse.png",
            "omnigen2 chat --model D")
        {
            model, images, prompt, tokens, file, precision, residency, weights, graphs, quiet,
        };
        command.SetAction(line => new ChatRun(
            new ChatArguments
            {
                Model = line.GetRequiredValue(model),
                Images = line.GetValue(images) ?? [],
                Prompt = line.GetValue(prompt),
                MaxNewTokens = line.GetValue(tokens) ?? DefaultNewTokens,
                Out = line.GetValue(file),
                Precision = line.GetValue(precision),
                Residency = line.GetValue(residency),
                Weights = line.GetValue(weights),
                Graphs = line.GetValue(graphs),
                IsQuiet = line.GetValue(quiet),
            },
            terminal).Run());
        return command;
    }
}
