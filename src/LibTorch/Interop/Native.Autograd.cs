using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

// Gradients and the modes of a thread. A flat list, line for line as native/autograd.cpp.
internal static unsafe partial class Native
{
    [LibraryImport(Shim)] internal static partial Flag ts_requires_grad(Tensor x);
    [LibraryImport(Shim)] internal static partial Flag ts_is_leaf(Tensor x);
    [LibraryImport(Shim)] internal static partial Flag ts_has_grad(Tensor x);
    [LibraryImport(Shim)] internal static partial int ts_requires_grad_(Tensor x, Flag on);
    [LibraryImport(Shim)] internal static partial int ts_retain_grad(Tensor x);
    [LibraryImport(Shim)] internal static partial Tensor ts_grad(Tensor x);
    [LibraryImport(Shim)] internal static partial int ts_set_grad(Tensor x, Tensor? grad);
    [LibraryImport(Shim)] internal static partial int ts_backward(Tensor x, Tensor? grad, Flag retain, Flag create);
    [LibraryImport(Shim)] internal static partial nint* ts_autograd_grad(TensorList outputs, TensorList inputs, TensorList seeds, Flag retain, Flag create, Flag allow_unused, out int count);
    [LibraryImport(Shim)] internal static partial Flag ts_is_defined(Tensor x);
    [LibraryImport(Shim)] internal static partial Flag ts_grad_enabled();
    [LibraryImport(Shim)] internal static partial void ts_set_grad_enabled(Flag on);
    [LibraryImport(Shim)] internal static partial Flag ts_inference_enabled();
    [LibraryImport(Shim)] internal static partial nint ts_inference_enter(Flag on);
    [LibraryImport(Shim)] internal static partial void ts_inference_leave(nint guard);
    [LibraryImport(Shim)] internal static partial int ts_autocast(sbyte device_type, int dtype);
    [LibraryImport(Shim)] internal static partial void ts_autocast_enter();
    [LibraryImport(Shim)] internal static partial void ts_autocast_leave();
}
