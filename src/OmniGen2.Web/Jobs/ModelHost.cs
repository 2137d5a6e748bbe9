using Microsoft.Extensions.Options;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Jobs;

/// <summary>Loads the model that the options name; tests give another one.</summary>
public delegate IPipeline LoadPipeline(ModelOptions options);

/// <summary>Whether the model can be used yet.</summary>
public abstract record ModelState
{
    public sealed record Loading(string Path) : ModelState;

    public sealed record Ready(ModelInfo Info) : ModelState;

    /// <summary>A sentence that says what is wrong with the checkpoint and what to do.</summary>
    public sealed record Failed(string Message) : ModelState;
}

/// <summary>The state of the one model. The site is up before it is loaded, and jobs wait for it.</summary>
public sealed class ModelHost(LoadPipeline load, IOptions<ModelOptions> options, ILogger<ModelHost> logger)
{
    private readonly Broadcast<ModelState> _state = new(new ModelState.Loading(options.Value.Path));

    public ModelState State => _state.Latest;

    /// <summary>Null unless the model is ready.</summary>
    public ModelInfo? Info => (State as ModelState.Ready)?.Info;

    public IAsyncEnumerable<ModelState> Watch(CancellationToken cancellationToken = default) => _state.Watch(cancellationToken);

    /// <summary>Null when the model cannot be loaded; <see cref="State"/> then says why. For the worker's thread only.</summary>
    internal IPipeline? Load()
    {
        try
        {
            var pipeline = load(options.Value);
            _state.Publish(new ModelState.Ready(pipeline.Info));
            logger.LogDebug("{Model} is ready", pipeline.Info.Name);
            if (pipeline.Info.ResidencyReason.Length > 0)
            {
                logger.LogInformation("{Model}: {Reason}", pipeline.Info.Name, pipeline.Info.ResidencyReason);
            }

            if (pipeline.Info.WeightsNote.Length > 0)
            {
                logger.LogInformation("{Model}: {Note}", pipeline.Info.Name, pipeline.Info.WeightsNote);
            }

            return pipeline;
        }
        catch (Exception error)
        {
            logger.LogError(error, "The model at {Path} cannot be loaded", options.Value.Path);
            _state.Publish(new ModelState.Failed(error is ModelException ? error.Message : $"The model at {options.Value.Path} cannot be loaded: the log says why."));
            return null;
        }
    }
}
