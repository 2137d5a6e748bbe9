using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    // Gradients.
    public sealed partial class Tensor
    {
        public bool is_leaf => ts_is_leaf(this);

        public bool requires_grad
        {
            get => ts_requires_grad(this);
            set => Fault.Check(ts_requires_grad_(this, value));
        }

        /// <summary>The gradient that backward has gathered, or null: a new handle on it each time.</summary>
        public Tensor? grad
        {
            get => ts_has_grad(this) ? ts_grad(this) : null;
            set => Fault.Check(ts_set_grad(this, value));
        }

        public Tensor requires_grad_(bool requires_grad = true) => Self(ts_requires_grad_(this, requires_grad));

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void retain_grad() => Fault.Check(ts_retain_grad(this));

        public void backward() => Fault.Check(ts_backward(this, null, false, false));

        public void backward(IList<Tensor>? grad_tensors, bool retain_graph = false, bool create_graph = false) =>
            Fault.Check(ts_backward(this, grad_tensors?.Single(), retain_graph, create_graph));

        public Tensor detach() => ts_detach(this);

        public Tensor detach_() => Self(ts_detach_(this));
    }
}
