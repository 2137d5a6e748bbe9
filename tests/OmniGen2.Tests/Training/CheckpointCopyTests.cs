using OmniGen2.Training;

namespace OmniGen2.Tests.Training;

public sealed class CheckpointCopyTests : IDisposable
{
    private static readonly string From = GoldenFile.Path("tiny-omnigen2");

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Copy_has_every_part_and_replaces_an_older_checkpoint()
    {
        var to = _folder.File("model");
        CheckpointCopy.Write(From, to, "vae", copy => File.WriteAllText(Path.Combine(copy, "vae/old.safetensors"), "x"));
        CheckpointCopy.Write(From, to, "vae", WriteWeights);
        Assert.Equal("y", File.ReadAllText(Path.Combine(to, "vae/diffusion_pytorch_model.safetensors")));
        Assert.False(File.Exists(Path.Combine(to, "vae/old.safetensors")));
        Assert.False(File.Exists(Path.Combine(to, "README.md")));
        Assert.Equal(File.ReadAllBytes(Path.Combine(From, "mllm/model.safetensors")), File.ReadAllBytes(Path.Combine(to, "mllm/model.safetensors")));
        Assert.Equal([to], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Failure_leaves_the_older_checkpoint()
    {
        var to = _folder.File("model");
        CheckpointCopy.Write(From, to, "vae", WriteWeights);
        var fault = Assert.Throws<ModelException>(() => CheckpointCopy.Write(From, to, "vae", _ => throw new IOException("No space left.")));
        Assert.Contains("cannot be written: No space left; free some disk", fault.Message);
        Assert.Equal("y", File.ReadAllText(Path.Combine(to, "vae/diffusion_pytorch_model.safetensors")));
        Assert.Equal([to], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Copy_into_itself_is_refused() =>
        Assert.Contains("started from", Assert.Throws<ModelException>(() => CheckpointCopy.Write(From, From + "/", "vae", WriteWeights)).Message);

    [Fact]
    public void Folder_with_other_things_is_left_alone()
    {
        var path = _folder.Write("mine/letter.txt", "dear");
        var fault = Assert.Throws<ModelException>(() => CheckpointCopy.Write(From, _folder.File("mine"), "vae", WriteWeights));
        Assert.Contains("holds something other than a checkpoint", fault.Message);
        Assert.Equal("dear", File.ReadAllText(path));
    }

    private static void WriteWeights(string copy) => File.WriteAllText(Path.Combine(copy, "vae/diffusion_pytorch_model.safetensors"), "y");
}
