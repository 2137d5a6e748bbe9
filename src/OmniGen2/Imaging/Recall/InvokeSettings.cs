using System.Text.Json;

namespace OmniGen2.Imaging.Recall;

/// <summary>The `invokeai_metadata` text of InvokeAI.</summary>
internal static class InvokeSettings
{
    public static RecalledSettings? Read(string json) => ForeignJson.Object(json) is not { } root ? null : new RecalledSettings
    {
        Source = "InvokeAI",
        Prompt = SettingValue.Text(root.String("positive_prompt")),
        NegativePrompt = SettingValue.Text(root.String("negative_prompt")),
        Width = SettingValue.Side(root.Number("width")),
        Height = SettingValue.Side(root.Number("height")),
        Steps = SettingValue.Steps(root.Number("steps")),
        TextGuidance = SettingValue.Guidance(root.Number("cfg_scale")),
        Scheduler = SettingValue.Scheduler(root.String("scheduler")),
        Seed = root.Seed("seed"),
        Model = Model(root),
    }.OrNothing();

    // A name alone in old files, an object in newer ones.
    private static string? Model(JsonElement root) => root.String("model") ?? root.Member("model")?.String("name") ?? root.Member("model")?.String("model_name");
}
