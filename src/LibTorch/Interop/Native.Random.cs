using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

// Generators and what they draw. A flat list, line for line as native/random.cpp.
internal static partial class Native
{
    [LibraryImport(Shim)] internal static partial nint ts_generator_new(ulong seed, sbyte device_type, sbyte device_index);
    [LibraryImport(Shim)] internal static partial nint ts_generator_default();
    [LibraryImport(Shim)] internal static partial void ts_generator_free(nint g);
    [LibraryImport(Shim)] internal static partial ulong ts_generator_current_seed(Generator? g);
    [LibraryImport(Shim)] internal static partial int ts_generator_seed(Generator? g, out ulong to);
    [LibraryImport(Shim)] internal static partial int ts_generator_set_seed(Generator? g, ulong seed);
    [LibraryImport(Shim)] internal static partial Tensor ts_generator_get_state(Generator? g);
    [LibraryImport(Shim)] internal static partial int ts_generator_set_state(Generator? g, Tensor state);
    [LibraryImport(Shim)] internal static partial int ts_manual_seed(ulong seed);
    [LibraryImport(Shim)] internal static partial Tensor ts_randn(Longs size, Generator? g, TensorOptions o);
    [LibraryImport(Shim)] internal static partial Tensor ts_rand(Longs size, Generator? g, TensorOptions o);
    [LibraryImport(Shim)] internal static partial Tensor ts_randint(long low, long high, Longs size, Generator? g, TensorOptions o);
    [LibraryImport(Shim)] internal static partial Tensor ts_randperm(long n, Generator? g, TensorOptions o);
    [LibraryImport(Shim)] internal static partial Tensor ts_rand_like(Tensor t, TensorOptions o);
    [LibraryImport(Shim)] internal static partial Tensor ts_randn_like(Tensor t, TensorOptions o);
    [LibraryImport(Shim)] internal static partial Tensor ts_multinomial(Tensor t, long count, Flag replacement, Generator? g);
    [LibraryImport(Shim)] internal static partial Tensor ts_bernoulli(Tensor t, Generator? g);
    [LibraryImport(Shim)] internal static partial int ts_bernoulli_(Tensor t, double p, Generator? g);
    [LibraryImport(Shim)] internal static partial int ts_normal_(Tensor t, double mean, double deviation, Generator? g);
    [LibraryImport(Shim)] internal static partial int ts_uniform_(Tensor t, double from, double to, Generator? g);
    [LibraryImport(Shim)] internal static partial int ts_exponential_(Tensor t, double lambda, Generator? g);
}
