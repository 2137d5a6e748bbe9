using OmniGen2.Weights;

namespace OmniGen2.Tests.Weights;

public sealed class CheckpointFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Mini_checkpoint_opens()
    {
        var folder = CheckpointFolder.Open(Path.Combine(GoldenFile.RepositoryRoot, "models", "omnigen2-mini"));
        Assert.EndsWith("diffusion_pytorch_model.safetensors", CheckpointFolder.FindWeights(folder.Transformer), StringComparison.Ordinal);
        Assert.EndsWith("model.safetensors", CheckpointFolder.FindWeights(folder.Mllm), StringComparison.Ordinal);
        Assert.True(File.Exists(CheckpointFolder.Config(folder.Vae)));
    }

    [Fact]
    public void Folder_that_does_not_exist_is_named_with_the_setting() => Refused(_folder.File("nowhere"), "nowhere", "Model:Path");

    [Fact]
    public void Folder_that_is_not_a_checkpoint_lists_what_was_looked_for() =>
        Refused(_folder.Path, _folder.Path, "model_index.json", "transformer/config.json", "processor/vocab.json", "scheduler/scheduler_config.json");

    [Fact]
    public void Only_the_missing_files_are_called_missing()
    {
        Copy("tiny-omnigen2");
        File.Delete(_folder.File("vae/config.json"));
        Refused(_folder.Path, "it lacks vae/config.json.");
    }

    [Fact]
    public void Part_without_weights_is_named()
    {
        Copy("tiny-omnigen2");
        File.Delete(_folder.File("vae/diffusion_pytorch_model.safetensors"));
        Refused(_folder.Path, "vae", "*.safetensors");
        _folder.Write("vae/diffusion_pytorch_model.bin", "");
        Refused(_folder.Path, "diffusion_pytorch_model.bin", "pickle", "convert");
    }

    [Fact]
    public void Two_weights_files_without_an_index_are_named()
    {
        Copy("tiny-omnigen2");
        File.Move(_folder.File("vae/diffusion_pytorch_model.safetensors"), _folder.File("vae/one.safetensors"));
        Assert.EndsWith("one.safetensors", CheckpointFolder.FindWeights(_folder.File("vae")), StringComparison.Ordinal);
        File.Copy(_folder.File("vae/one.safetensors"), _folder.File("vae/other.safetensors"));
        Refused(_folder.Path, "2 weights files", "one.safetensors, other.safetensors");
    }

    [Fact]
    public void Published_name_wins_over_other_files() =>
        Assert.EndsWith("diffusion_pytorch_model.safetensors", CheckpointFolder.FindWeights(GoldenFile.Path("dit-tiny")), StringComparison.Ordinal);

    [Fact]
    public void Index_wins_over_its_shards()
    {
        _folder.Write("model-1.safetensors", "");
        _folder.Write("model-2.safetensors", "");
        var index = _folder.Write("model.safetensors.index.json", "{}");
        Assert.Equal(index, CheckpointFolder.FindWeights(_folder.Path));
    }

    [Fact]
    public void Model_of_another_kind_is_refused_with_its_class()
    {
        Copy("tiny-omnigen2");
        _folder.Write("model_index.json", """{"_class_name": "StableDiffusionPipeline"}""");
        Refused(_folder.Path, "model_index.json", "StableDiffusionPipeline", "OmniGen2Pipeline");
    }

    [Fact]
    public void Part_of_another_kind_is_refused_with_its_class()
    {
        Copy("tiny-omnigen2");
        var index = File.ReadAllText(_folder.File("model_index.json"));
        _folder.Write("model_index.json", index.Replace("AutoencoderKL", "AutoencoderTiny", StringComparison.Ordinal));
        Refused(_folder.Path, "'vae'", "AutoencoderTiny", "AutoencoderKL");
    }

    private static void Refused(string path, params string[] parts)
    {
        var fault = Assert.ThrowsAny<ModelException>(() => CheckpointFolder.Open(path));
        Assert.All(parts, part => Assert.Contains(part, fault.Message, StringComparison.Ordinal));
    }

    private void Copy(string golden)
    {
        foreach (var file in Directory.GetFiles(GoldenFile.Path(golden), "*", SearchOption.AllDirectories))
        {
            _folder.Write(Path.GetRelativePath(GoldenFile.Path(golden), file), File.ReadAllBytes(file));
        }
    }
}
