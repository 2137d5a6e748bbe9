namespace TorchSharp;

public static partial class torch
{
    /// <summary>One position between the brackets of <c>tensor[...]</c>: a number, a slice, a tensor, <c>...</c>, a new axis.</summary>
    public readonly struct TensorIndex
    {
        public static readonly TensorIndex Ellipsis = new(Kind.Ellipsis);

        /// <summary>A new axis of size one.</summary>
        public static readonly TensorIndex None = new(Kind.NewAxis);

        public static readonly TensorIndex Null = None;

        public static readonly TensorIndex Colon = Slice();

        private readonly Kind _kind;
        private readonly long? _start;
        private readonly long? _stop;
        private readonly long? _step;

        private TensorIndex(Kind kind, long? start = null, long? stop = null, long? step = null, Tensor? tensor = null)
        {
            _kind = kind;
            _start = start;
            _stop = stop;
            _step = step;
            IndexTensor = tensor;
        }

        /// <summary>As the switch of Index in indexing.cpp.</summary>
        internal enum Kind
        {
            Single,
            Slice,
            Tensor,
            Ellipsis,
            NewAxis,
            Bool,
        }

        internal Tensor? IndexTensor { get; }

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex((int? Start, int? End) range) => Slice(range.Start, range.End);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex(Index index) => Single(Place(index));

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new(Kind.Slice, start, stop, step);

        public static TensorIndex Slice((int? Start, int? End) range) => Slice(range.Start, range.End);

        /// <summary>As C# means it: <c>1..</c> to the end, <c>..^1</c> without the last.</summary>
        public static TensorIndex Slice(Range range) =>
            Slice(Place(range.Start), range.End is { IsFromEnd: true, Value: 0 } ? null : Place(range.End));

        public static TensorIndex Bool(bool value) => new(Kind.Bool, value ? 1 : 0);

        public static TensorIndex Single(long? index) => new(Kind.Single, index);

        public static TensorIndex Tensor(Tensor tensor) => new(Kind.Tensor, tensor: tensor);

        internal NativeIndex ToNative() => new()
        {
            Kind = (long)_kind,
            Start = _start ?? 0,
            Stop = _stop ?? 0,
            Step = _step ?? 0,
            Has = (_start.HasValue ? 1 : 0) | (_stop.HasValue ? 2 : 0) | (_step.HasValue ? 4 : 0),
            Tensor = IndexTensor is null ? 0 : IndexTensor.Handle,
        };

        private static long Place(Index index) => index.IsFromEnd ? -index.Value : index.Value;
    }
}
