using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Training.Diffusion;

/// <summary>A checkpoint folder of the base's parts with another transformer.</summary>
internal static class CheckpointExport
{
    private static readonly string[] Parts = ["mllm", "vae", "processor", "scheduler"];

    // What stands beside model_index.json and stays true.
    private static readonly string[] Files = ["model_index.json", "studio.json"];

    /// <param name="base">Its frozen parts are copied.</param>
    /// <param name="folder">Made if it is not there; files of the same names are replaced.</param>
    /// <param name="configPath">The transformer's config.json.</param>
    /// <param name="weights">By their names there; written as bf16.</param>
    public static void Write(CheckpointFolder @base, string folder, string configPath, IReadOnlyDictionary<string, Tensor> weights)
    {
        try
        {
            foreach (var part in Parts)
            {
                Directory.CreateDirectory(Path.Combine(folder, part));
                foreach (var file in Directory.EnumerateFiles(Path.Combine(@base.Path, part)))
                {
                    File.Copy(file, Path.Combine(folder, part, Path.GetFileName(file)), overwrite: true);
                }
            }

            foreach (var name in Files.Where(name => File.Exists(Path.Combine(@base.Path, name))))
            {
                File.Copy(Path.Combine(@base.Path, name), Path.Combine(folder, name), overwrite: true);
            }

            var transformer = Directory.CreateDirectory(Path.Combine(folder, "transformer")).FullName;
            File.Copy(configPath, CheckpointFolder.Config(transformer), overwrite: true);
            SafetensorsWriter.Save(
                Path.Combine(transformer, "diffusion_pytorch_model.safetensors"),
                [.. weights.Select(w => new SafetensorsItem(w.Key, ScalarType.BFloat16, w.Value.shape, () => w.Value.detach().to(ScalarType.BFloat16)))]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"The checkpoint cannot be written to {folder}: {e.Message} Free some disk or choose another folder.", e);
        }
    }
}
