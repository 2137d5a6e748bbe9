using System.Text.Json;

namespace OmniGen2.Imaging.Recall;

/// <summary>The `prompt` text of ComfyUI: its graph, in which a value is a number, a text, or the output of another node.</summary>
internal static class ComfySettings
{
    // A chain of links longer than this is a circle.
    private const int LongestChain = 32;

    private static readonly string[] TextInputs = ["text", "prompt", "string", "value", "text_g", "positive"];

    private static readonly string[] ThroughInputs = ["conditioning", "conditioning_1", "cond1"];

    public static RecalledSettings? Read(string json)
    {
        if (ForeignJson.Object(json) is not { } root)
        {
            return null;
        }

        var graph = new Graph(root);
        var sampler = graph.Find(n => n.Member("inputs") is { } x && (x.Member("guider") is not null || (x.Member("positive") is not null && x.Member("steps") is not null)));
        return sampler is { } found ? From(graph, found).OrNothing() : null;
    }

    private static RecalledSettings From(Graph graph, JsonElement sampler)
    {
        var guider = graph.Follow(sampler, "guider") ?? sampler;
        var sigmas = graph.Follow(sampler, "sigmas") ?? sampler;
        var size = graph.Follow(sampler, "latent_image") ?? graph.Follow(sampler, "latent") ?? sampler;
        return new RecalledSettings
        {
            Source = "ComfyUI",
            Prompt = SettingValue.Text(Words(graph, guider, "cond1") ?? Words(graph, guider, "positive") ?? Words(graph, guider, "conditioning")),
            NegativePrompt = SettingValue.Text(Words(graph, guider, "negative")),
            Width = SettingValue.Side(graph.Number(size, "width")),
            Height = SettingValue.Side(graph.Number(size, "height")),
            Steps = SettingValue.Steps(graph.Number(sigmas, "steps")),
            TextGuidance = SettingValue.Guidance(graph.Number(guider, "cfg_conds") ?? graph.Number(guider, "cfg")),
            ImageGuidance = SettingValue.Guidance(graph.Number(guider, "cfg_cond2_negative")),
            Scheduler = SettingValue.Scheduler(Graph.Inputs(graph.Follow(sampler, "sampler") ?? sampler)?.String("sampler_name")),
            Seed = graph.Seed(graph.Follow(sampler, "noise") ?? sampler),
            Model = graph.Find(n => Graph.Inputs(n)?.String("unet_name") is not null || Graph.Inputs(n)?.String("ckpt_name") is not null) is { } loader
                ? Graph.Inputs(loader)?.String("unet_name") ?? Graph.Inputs(loader)?.String("ckpt_name")
                : null,
        };
    }

    /// <summary>The words at the start of a chain of conditionings.</summary>
    private static string? Words(Graph graph, JsonElement node, string input)
    {
        var at = graph.Follow(node, input);
        for (var links = 0; at is { } here && links < LongestChain; links++)
        {
            if (here.String("class_type") == "ConditioningZeroOut")
            {
                return "";
            }

            var inputs = Graph.Inputs(here);
            if (TextInputs.Select(n => inputs?.String(n)).FirstOrDefault(t => t is not null) is { } words)
            {
                return words;
            }

            at = ThroughInputs.Concat(TextInputs).Select(n => graph.Follow(here, n)).FirstOrDefault(n => n is not null);
        }

        return null;
    }

    /// <summary>Nodes by their ids.</summary>
    private sealed class Graph(JsonElement root)
    {
        public static JsonElement? Inputs(JsonElement node) => node.Member("inputs");

        public JsonElement? Find(Func<JsonElement, bool> which)
        {
            foreach (var node in root.EnumerateObject())
            {
                if (which(node.Value))
                {
                    return node.Value;
                }
            }

            return null;
        }

        /// <summary>The node behind an input that is a link: [id, output].</summary>
        public JsonElement? Follow(JsonElement node, string input) =>
            Inputs(node)?.Member(input) is { ValueKind: JsonValueKind.Array } link && link.GetArrayLength() == 2 && link[0].ValueKind == JsonValueKind.String
                ? root.Member(link[0].GetString()!)
                : null;

        /// <summary>A number written at the input, or held by the node that it links to.</summary>
        public double? Number(JsonElement node, string input) =>
            Inputs(node)?.Number(input) ?? (Follow(node, input) is { } source ? Inputs(source)?.Number("value") ?? Inputs(source)?.Number(input) : null);

        public long? Seed(JsonElement node) => Inputs(node)?.Seed("noise_seed") ?? Inputs(node)?.Seed("seed") ?? Linked(node, "noise_seed") ?? Linked(node, "seed");

        private long? Linked(JsonElement node, string input) => Follow(node, input) is { } source ? Inputs(source)?.Seed("value") ?? Inputs(source)?.Seed("seed") : null;
    }
}
