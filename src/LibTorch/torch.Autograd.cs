using static TorchSharp.Native;

namespace TorchSharp;

// Gradients without storing them in the tensors.
public static unsafe partial class torch
{
    /// <summary>Derivatives on demand.</summary>
    public static class autograd
    {
        /// <summary>The gradients of the outputs' sum, or of their product with <paramref name="grad_outputs"/>, by each input; null for an input that plays no part, where that is allowed.</summary>
        public static IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            var seeds = TensorList.Of(grad_outputs ?? []);
            var list = ts_autograd_grad(TensorList.Of(outputs), TensorList.Of(inputs), seeds, retain_graph || create_graph, create_graph, allow_unused, out var count);
            return [.. Fault.Collect(list, count).Select(Defined)];
        }

        public static void backward(Tensor tensor, Tensor? grad_tensor = null, bool retain_graph = false, bool create_graph = false) =>
            Fault.Check(ts_backward(tensor, grad_tensor, retain_graph, create_graph));

        private static Tensor Defined(Tensor gradient)
        {
            if (ts_is_defined(gradient))
            {
                return gradient;
            }

            gradient.Dispose();
            return null!;
        }
    }
}
