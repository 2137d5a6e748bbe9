namespace OmniGen2.Imaging.Recall;

internal static class OwnSettings
{
    public static RecalledSettings? Read(string json)
    {
        GenerationMetadata metadata;
        try
        {
            metadata = GenerationMetadata.Parse(json);
        }
        catch (ModelException)
        {
            // Damaged or of a newer program; the text for other programs beside it may still be read.
            return null;
        }

        var request = metadata.Request;
        return new RecalledSettings
        {
            Source = "OmniGen2 Studio",
            Prompt = SettingValue.Text(request.Prompt),
            NegativePrompt = SettingValue.Text(request.NegativePrompt),
            Width = SettingValue.Side(metadata.Width),
            Height = SettingValue.Side(metadata.Height),
            Steps = SettingValue.Steps(request.Steps),
            TextGuidance = SettingValue.Guidance(request.TextGuidance),
            ImageGuidance = SettingValue.Guidance(request.ImageGuidance),
            CfgEnd = request.CfgEnd is >= 0 and <= 1 ? request.CfgEnd : null,
            Scheduler = request.Scheduler,
            Seed = SettingValue.Seed(request.Seed),
            Model = metadata.Model,
        };
    }
}
