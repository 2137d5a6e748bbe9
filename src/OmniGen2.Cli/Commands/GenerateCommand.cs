using System.CommandLine;
using OmniGen2.Cli.Generation;
using OmniGen2.Cli.Shell;

namespace OmniGen2.Cli.Commands;

/// <summary>Draws, edits and composes pictures.</summary>
internal static class GenerateCommand
{
    public static Command Create(Terminal terminal)
    {
        var options = new GenerateOptions();
        var command = new ExampleCommand(
            "generate",
            "Draws a picture from a prompt, edits one, or composes up to five into a new one.",
            "omnigen2 generate --model models/omnigen2-mini --prompt \"a red circle on a green background\" --out circle.png",
            "omnigen2 generate --model models/omnigen2-mini --prompt \"add a blue square\" --image circle.png --out both.png",
            "omnigen2 generate --model D --prompt \"the cat of the first image on the sofa of the second\" --image cat.jpg --image sofa.jpg --width 1024 --height 768 --out cat.png",
            "omnigen2 generate --model D --prompt \"a harbour at dawn\" --steps 30 --cfg-range 0:0.6 --cache teacache:0.05 --count 4 --seed 7 --out harbour.png",
            "omnigen2 generate --model D --prompt \"a fox\" --dtype fp32 --latents noise.safetensors --dump run.safetensors --out fox.png");
        options.AddTo(command);
        command.SetAction(line => new GenerateRun(options.Read(line), terminal).Run());
        return command;
    }
}
