using OmniGen2.Tokenization;
using OmniGen2.Training.Language;
using OmniGen2.Training.Shapes;
using OmniGen2.Weights;

namespace OmniGen2.Tests.Training.Language;

/// <summary>The checkpoint that the repository carries, and short runs on it.</summary>
internal static class Mini
{
    public static string Path { get; } = System.IO.Path.Combine(GoldenFile.RepositoryRoot, "models/omnigen2-mini");

    public static PromptTemplate Template { get; } = new(BytePairTokenizer.Load(CheckpointFolder.Open(Path).Processor));

    /// <summary>25 tokens a picture.</summary>
    public static ConversationWriter Writer { get; } = new(Template, 25);

    public static TreeSampler Sampler(WorldOptions? world = null, TreeShares? trees = null, QuestionShares? questions = null) =>
        new(Writer, world ?? new WorldOptions(), trees ?? new TreeShares(), questions ?? new QuestionShares(), threadShare: 0.3, 192);

    /// <summary>A config with a batch of two trees.</summary>
    /// <param name="folder">Gets the file.</param>
    /// <param name="more">Further keys, or others in their place.</param>
    public static string Config(TempFolder folder, string more = "") => folder.Write("config.json", $$"""
        {
          "model": "{{Path}}",
          "training": { "steps": 40, "average_decay": 0.9, "schedule": { "warmup": 3 } },
          "batch": { "rows": 2, "length": 128 },
          "validation": 8{{(more.Length > 0 ? "," : "")}}
          {{more}}
        }
        """);
}
