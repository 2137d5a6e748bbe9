namespace TorchSharp;

/// <summary>
/// Every tensor made on this thread while the scope is the innermost one is disposed with it, unless moved out. Scopes nest and belong
/// to a thread: none may span an <c>await</c> or a <c>yield</c>.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic]
    private static DisposeScope? _innermost;

    private readonly List<torch.Tensor> _tensors = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private bool _disposed;

    internal DisposeScope()
    {
        OuterScope = _innermost;
        _innermost = this;
    }

    public int DisposablesCount => _tensors.Count;

    internal static DisposeScope? Current => _innermost;

    internal DisposeScope? OuterScope { get; }

    public T MoveToOuter<T>(T disposable)
        where T : IDisposable => MoveToOther(OuterScope, disposable);

    public (T1 First, T2 Second) MoveToOuter<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => (MoveToOuter(first), MoveToOuter(second));

    public T MoveToOther<T>(DisposeScope? scope, T disposable)
        where T : IDisposable
    {
        var tensor = AsTensor(disposable);
        if (tensor.Scope == this)
        {
            Remove(tensor);
            scope?.Add(tensor);
        }

        return disposable;
    }

    public T Detach<T>(T disposable)
        where T : IDisposable => MoveToOther(null, disposable);

    public T Attach<T>(T disposable)
        where T : IDisposable
    {
        var tensor = AsTensor(disposable);
        tensor.Scope?.Remove(tensor);
        Add(tensor);
        return disposable;
    }

    public bool Contains(IDisposable disposable) => disposable is torch.Tensor tensor && tensor.Scope == this;

    public void DisposeEverything()
    {
        while (_tensors.Count > 0)
        {
            var tensor = _tensors[^1];
            if (tensor.Scope == this)
            {
                tensor.Dispose();
            }
            else
            {
                _tensors.RemoveAt(_tensors.Count - 1);
            }
        }
    }

    public void DisposeEverythingBut(params IEnumerable<IDisposable> keep)
    {
        var kept = keep.Select(AsTensor).Where(t => t.Scope == this).ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var tensor in _tensors.ToArray().Where(t => !kept.Contains(t)))
        {
            tensor.Dispose();
        }
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        DisposeEverything();
        if (_innermost == this)
        {
            _innermost = OuterScope;
        }
    }

    internal void Add(torch.Tensor tensor)
    {
        tensor.Scope = this;
        tensor.PlaceInScope = _tensors.Count;
        _tensors.Add(tensor);
    }

    /// <summary>Takes a tensor off the list, from the thread of the scope; another thread only marks it as gone.</summary>
    internal void Remove(torch.Tensor tensor)
    {
        tensor.Scope = null;
        if (Environment.CurrentManagedThreadId != _thread)
        {
            return;
        }

        var last = _tensors[^1];
        _tensors[tensor.PlaceInScope] = last;
        if (last.Scope == this)
        {
            last.PlaceInScope = tensor.PlaceInScope;
        }

        _tensors.RemoveAt(_tensors.Count - 1);
    }

    private static torch.Tensor AsTensor(IDisposable disposable) =>
        disposable as torch.Tensor ?? throw new ArgumentException($"A scope holds tensors, not a {disposable.GetType().Name}.");
}
