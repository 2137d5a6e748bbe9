using OmniGen2.Training.Shapes;

namespace OmniGen2.Tests.Shapes;

public sealed class WorldFileTests
{
    [Fact]
    public void Checkpoint_without_a_file_knows_the_whole_world_and_a_file_narrows_it()
    {
        using var folder = new TempFolder();
        Assert.Equal((true, 4, 3), Summary(WorldFile.Load(folder.Path)));
        folder.Write("world.json", """{ "jitter": false, "max_objects": 2, "patterns": ["plain"] }""");
        Assert.Equal((false, 2, 1), Summary(WorldFile.Load(folder.Path)));
    }

    [Theory]
    [InlineData("""{ "max_objects": 9 }""", "maxObjects is 9")]
    [InlineData("""{ "objects": 2 }""", "has the unknown key 'objects'")]
    [InlineData("""{ "patterns": ["checked"] }""", "cannot be understood at 'patterns[0]'")]
    public void Impossible_world_is_a_sentence(string text, string sentence)
    {
        using var folder = new TempFolder();
        folder.Write("world.json", text);
        Assert.Contains(sentence, Assert.Throws<ModelException>(() => WorldFile.Load(folder.Path)).Message);
    }

    private static (bool Jitter, int MaxObjects, int Patterns) Summary(WorldOptions world) => (world.Jitter, world.MaxObjects, world.Patterns.Count);
}
