using System.Text.RegularExpressions;
using OmniGen2.Tests;
using OmniGen2.Training;
using OmniGen2.Training.Diffusion;
using OmniGen2.Training.Language;
using OmniGen2.Training.Vae;

namespace OmniGen2.Cli.Tests.Training;

/// <summary>The configs that docs/training.md shows, and those beside it.</summary>
public sealed partial class TrainingPageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_config_of_the_page_is_understood()
    {
        var page = File.ReadAllText(Path.Combine(GoldenFile.RepositoryRoot, "docs/training.md"));
        var configs = Block().Matches(page).Select(m => (Kind: m.Groups[1].Value, File: _folder.Write($"{m.Index}.json", m.Groups[2].Value))).ToList();
        Assert.Equal(["diffusion", "language", "vae"], configs.Select(c => c.Kind).Distinct().Order());
        foreach (var (kind, file) in configs)
        {
            Check(kind, file);
        }
    }

    [Fact]
    public void Every_config_of_the_repository_is_understood()
    {
        var files = Directory.GetFiles(Path.Combine(GoldenFile.RepositoryRoot, "train"), "*.json", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.All(files, file => Check(Path.GetFileName(file).Split('-')[0], file));
    }

    private static void Check(string kind, string file)
    {
        switch (kind)
        {
            case "vae":
                VaeTrainingConfig.Load(file);
                break;
            case "language":
                StrictJson.Load<LanguageConfig>(file).Check(file);
                break;
            default:
                DiffusionConfig.Load(file);
                break;
        }
    }

    [GeneratedRegex(@"```json\n// (\w+)[\w-]*\.json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
