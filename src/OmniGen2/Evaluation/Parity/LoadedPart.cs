using OmniGen2.Weights;

namespace OmniGen2.Evaluation.Parity;

/// <summary>A network and its weights, loaded when first asked for. When that fails, it fails for every case in the same words.</summary>
internal sealed class LoadedPart<T> : IDisposable
{
    private readonly Lazy<T> _model;
    private WeightSource? _source;

    public LoadedPart(Func<WeightSource> open, Func<WeightScope, T> build)
    {
        _model = new Lazy<T>(() =>
        {
            _source = open();
            return _source.Build(build);
        });
    }

    public T Model => _model.Value;

    public void Dispose() => _source?.Dispose();
}
