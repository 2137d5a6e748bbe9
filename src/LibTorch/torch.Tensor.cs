using System.Globalization;
using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// An array of numbers on a device. It belongs to the innermost <see cref="DisposeScope"/> of the thread that made it, if there is one,
    /// else to whoever disposes it; the finalizer is a safety net, too late for the memory of a model.
    /// </summary>
    [NativeMarshalling(typeof(TensorMarshaller))]
    public sealed partial class Tensor : IDisposable
    {
        private static long _live;

        private nint _handle;

        internal Tensor(nint handle)
        {
            _handle = handle;
            Interlocked.Increment(ref _live);
            DisposeScope.Current?.Add(this);
        }

        ~Tensor() => Free();

        /// <summary>How many tensors exist: made and neither disposed nor finalized.</summary>
        public static long TotalCount => Interlocked.Read(ref _live);

        public bool IsInvalid => _handle == 0;

        public nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Tensor), "This tensor was disposed, perhaps with its scope: MoveToOuterDisposeScope keeps it.");

        internal DisposeScope? Scope { get; set; }

        internal int PlaceInScope { get; set; }

        public Tensor MoveToOuterDisposeScope()
        {
            Scope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            Scope?.MoveToOther(other, this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            Scope?.Detach(this);
            return this;
        }

        public void Dispose()
        {
            Scope?.Remove(this);
            Free();
            GC.SuppressFinalize(this);
        }

        public override bool Equals(object? obj) => ReferenceEquals(this, obj);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

        public override string ToString() => _handle == 0
            ? "disposed"
            : string.Create(CultureInfo.InvariantCulture, $"[{string.Join("x", shape)}], type = {dtype}, device = {device}");

        private void Free()
        {
            var handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0)
            {
                Native.ts_free(handle);
                Interlocked.Decrement(ref _live);
            }
        }

        /// <summary>What every in-place operator ends with.</summary>
        private Tensor Self(int status)
        {
            Fault.Check(status);
            return this;
        }
    }
}
