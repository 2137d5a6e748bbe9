namespace OmniGen2.Imaging.Recall;

/// <summary>The `parameters` text of SwarmUI, which is JSON.</summary>
internal static class SwarmSettings
{
    public static RecalledSettings? Read(string json) => ForeignJson.Object(json)?.Member("sui_image_params") is not { } root ? null : new RecalledSettings
    {
        Source = "SwarmUI",
        Prompt = SettingValue.Text(root.String("prompt")),
        NegativePrompt = SettingValue.Text(root.String("negativeprompt")),
        Width = SettingValue.Side(root.Number("width")),
        Height = SettingValue.Side(root.Number("height")),
        Steps = SettingValue.Steps(root.Number("steps")),
        TextGuidance = SettingValue.Guidance(root.Number("cfgscale")),
        ImageGuidance = SettingValue.Guidance(root.Number("ip2pcfg2") ?? root.Number("imagecfgscale")),
        Scheduler = SettingValue.Scheduler(root.String("sampler")),
        Seed = root.Seed("seed"),
        Model = root.String("model"),
    }.OrNothing();
}
