namespace OmniGen2.Cli.Shell;

/// <summary>Loads a checkpoint with a word about it.</summary>
internal static class ModelLoader
{
    public static OmniGen2Pipeline Load(string folder, ModelPrecision precision, ProgressLine progress, Residency residency = Residency.Auto, BlockWeights weights = BlockWeights.Full, GraphUse graphs = GraphUse.Auto, bool emulates = false)
    {
        progress.Begin("Loading the model");
        var pipeline = OmniGen2Pipeline.Load(folder, new PipelineOptions { Precision = precision, Residency = residency, Weights = weights, EmulatesFloat8 = emulates, Graphs = graphs, Tell = progress.Say });
        progress.End();
        return pipeline;
    }
}
