using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers: the same seed on the same device draws the same.</summary>
    [NativeMarshalling(typeof(GeneratorMarshaller))]
    public sealed class Generator : IDisposable
    {
        private nint _handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            _handle = Fault.Check(Native.ts_generator_new(seed, (sbyte)this.device.type, (sbyte)this.device.index));
        }

        private Generator(nint handle)
        {
            device = CPU;
            _handle = handle;
        }

        ~Generator() => Free();

        /// <summary>The one that the CPU draws from where none is given.</summary>
        public static Generator Default => new(Native.ts_generator_default());

        public Device device { get; }

        public nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Generator));

        public Generator manual_seed(long seed)
        {
            Fault.Check(Native.ts_generator_set_seed(this, unchecked((ulong)seed)));
            return this;
        }

        /// <summary>Takes a seed from the system and returns it.</summary>
        public long seed()
        {
            Fault.Check(Native.ts_generator_seed(this, out var seed));
            return unchecked((long)seed);
        }

        public long initial_seed() => unchecked((long)Native.ts_generator_current_seed(this));

        public Tensor get_state() => Native.ts_generator_get_state(this);

        public void set_state(Tensor value) => Fault.Check(Native.ts_generator_set_state(this, value));

        public void Dispose()
        {
            Free();
            GC.SuppressFinalize(this);
        }

        private void Free()
        {
            var handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0)
            {
                Native.ts_generator_free(handle);
            }
        }
    }
}
