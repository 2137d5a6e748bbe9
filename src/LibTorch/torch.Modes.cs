using static TorchSharp.Native;

namespace TorchSharp;

// Scopes and modes of a thread.
public static partial class torch
{
    /// <summary>Tensors made until it is disposed belong to it.</summary>
    public static DisposeScope NewDisposeScope() => new();

    public static DisposeScope? CurrentDisposeScope => DisposeScope.Current;

    /// <summary>Until disposed, this thread records nothing for gradients.</summary>
    public static ThreadMode no_grad() => ThreadMode.Gradients(false);

    public static ThreadMode enable_grad(bool enabled = true) => ThreadMode.Gradients(enabled);

    public static ThreadMode set_grad_enabled(bool mode = true) => ThreadMode.Gradients(mode);

    /// <summary>As no_grad, and the tensors made are never part of a recording: a little faster.</summary>
    public static ThreadMode inference_mode(bool mode = true) => ThreadMode.Inference(mode);

    public static bool is_grad_enabled() => ts_grad_enabled();

    public static bool is_inference_mode_enabled() => ts_inference_enabled();
}
