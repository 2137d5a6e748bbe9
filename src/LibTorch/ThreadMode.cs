namespace TorchSharp;

/// <summary>
/// A mode of this thread that ends when disposed. A ref struct, so that the compiler refuses to carry it over an <c>await</c> or a
/// <c>yield</c>, after which another thread would end it.
/// </summary>
public readonly ref struct ThreadMode : IDisposable
{
    private readonly Kind _kind;
    private readonly nint _before;
    private readonly sbyte _device;

    private ThreadMode(Kind kind, nint before, sbyte device = 0)
    {
        _kind = kind;
        _before = before;
        _device = device;
    }

    private enum Kind
    {
        None,
        Gradients,
        Inference,
        Autocast,
        Stream,
    }

    public void Dispose()
    {
        switch (_kind)
        {
            case Kind.Gradients:
                Native.ts_set_grad_enabled(_before != 0);
                break;
            case Kind.Inference:
                Native.ts_inference_leave(_before);
                break;
            case Kind.Autocast:
                Native.ts_autocast_leave();
                _ = Native.ts_autocast(_device, (int)_before);
                break;
            case Kind.Stream:
                Native.ts_stream_leave(_before);
                break;
        }
    }

    internal static ThreadMode Gradients(bool on)
    {
        var before = Native.ts_grad_enabled();
        Native.ts_set_grad_enabled(on);
        return new ThreadMode(Kind.Gradients, before ? 1 : 0);
    }

    /// <param name="stream">0 where there are none.</param>
    internal static ThreadMode Stream(nint stream) => stream == 0 ? default : new(Kind.Stream, Fault.Check(Native.ts_stream_enter(stream)));

    internal static ThreadMode Inference(bool on) => new(Kind.Inference, Fault.Check(Native.ts_inference_enter(on)));

    internal static ThreadMode Autocast(DeviceType device, torch.ScalarType? dtype)
    {
        var before = Native.ts_autocast((sbyte)device, dtype is { } type ? (int)type : -1);
        Native.ts_autocast_enter();
        return new ThreadMode(Kind.Autocast, before, (sbyte)device);
    }
}
