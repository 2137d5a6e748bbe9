using System.CommandLine;
using OmniGen2.Cli.Inspection;
using OmniGen2.Cli.Shell;

namespace OmniGen2.Cli.Commands;

/// <summary>Lists what a checkpoint holds, without loading it.</summary>
internal static class InspectCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = CommonOptions.Model();
        var json = CommonOptions.Json("Print one JSON object instead of text.");
        var tensors = new Option<bool>("--tensors") { Description = "List every tensor with its shape and type." };
        var digests = new Option<bool>("--sha256") { Description = "Add the SHA-256 of every file." };
        var command = new ExampleCommand(
            "inspect",
            "Lists a checkpoint's parts, configs, tensors and files without loading it.",
            "omnigen2 inspect --model models/omnigen2-mini",
            "omnigen2 inspect --model models/omnigen2-mini --tensors | grep attn.to_q",
            "omnigen2 inspect --model models/omnigen2-mini --json --sha256 > checkpoint.json")
        {
            model, json, tensors, digests,
        };
        command.SetAction(line =>
        {
            var listing = CheckpointListing.Read(line.GetRequiredValue(model), line.GetValue(digests), terminal.Stop);
            if (line.GetValue(json))
            {
                terminal.Output.WriteLine(ListingJson.Write(listing, line.GetValue(tensors)));
            }
            else
            {
                ListingText.Write(listing, terminal.Output, line.GetValue(tensors));
            }

            return ExitCode.Done;
        });
        return command;
    }
}
