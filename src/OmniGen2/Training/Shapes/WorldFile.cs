using System.Text.Json;

namespace OmniGen2.Training.Shapes;

/// <summary>A checkpoint's `world.json`: the part of the shapes world that it was trained for. Absent for a checkpoint that knows all of it.</summary>
public static class WorldFile
{
    private const string Name = "world.json";

    public static WorldOptions Load(string checkpoint)
    {
        var path = Path.Combine(checkpoint, Name);
        if (!File.Exists(path))
        {
            return new WorldOptions();
        }

        var world = StrictJson.Load<WorldOptions>(path);
        world.Check();
        return world;
    }

    public static void Save(string checkpoint, WorldOptions world) =>
        File.WriteAllBytes(Path.Combine(checkpoint, Name), JsonSerializer.SerializeToUtf8Bytes(world, StrictJson.Format));
}
