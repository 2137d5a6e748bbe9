using OmniGen2.Training.Language;

namespace OmniGen2.Tests.Training.Language;

public sealed class LanguageConfigTests
{
    [Theory]
    [InlineData("\"sed\": 1", "unknown key 'sed'")]
    [InlineData("\"questions\": { \"colours\": 1 }", "unknown key 'questions.colours'")]
    [InlineData("\"thread_share\": 2", "thread_share = 2 must be from 0 to 1")]
    [InlineData("\"seed\": 900000", "seed = 900000 must be from 0 to 899999")]
    [InlineData("\"trees\": { \"picture\": -0.5 }", "trees.picture = -0.5 must not be negative")]
    [InlineData("\"trees\": { \"picture\": 0, \"text\": 0, \"compose\": 0 }", "trees are all 0")]
    [InlineData("\"weights\": { \"echo\": -1 }", "weights.echo = -1 must be from 0 to 1000")]
    [InlineData("\"stages\": [ { \"until\": 10 }, { \"until\": 10 } ]", "stages[1].until = 10 must be above 10")]
    [InlineData("\"stages\": [ { \"until\": 10, \"world\": { \"max_objects\": 9 } } ]", "stages[0].world: ")]
    [InlineData("\"optimizer\": { \"learning_rate\": 2 }", "optimizer.learning_rate = 2 must be above 0 and below 1")]
    public void An_impossible_config_says_what_is_wrong(string more, string sentence)
    {
        using var folder = new TempFolder();
        var fault = Assert.Throws<ModelException>(() => LanguageTraining.Open(Mini.Config(folder, more), folder.File("out")));
        Assert.Contains("config.json", fault.Message, StringComparison.Ordinal);
        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_config_of_the_repository_opens()
    {
        using var folder = new TempFolder();
        foreach (var config in Directory.EnumerateFiles(Path.Combine(GoldenFile.RepositoryRoot, "train/mini"), "language-*.json"))
        {
            using var run = LanguageTraining.Open(config, folder.File("out"));
            Assert.True(run.Settings.Steps > 0);
        }
    }
}
