using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

// Streams, events, pinned memory, the allocator of a device. A flat list, line for line as native/streams.cpp.
internal static partial class Native
{
    [LibraryImport(Shim)] internal static partial nint ts_stream_new(sbyte type, sbyte index);
    [LibraryImport(Shim)] internal static partial nint ts_stream_current(sbyte type, sbyte index);
    [LibraryImport(Shim)] internal static partial void ts_stream_free(nint stream);
    [LibraryImport(Shim)] internal static partial nint ts_stream_enter(nint stream);
    [LibraryImport(Shim)] internal static partial void ts_stream_leave(nint guard);
    [LibraryImport(Shim)] internal static partial int ts_stream_synchronize(nint stream);
    [LibraryImport(Shim)] internal static partial nint ts_event_new(sbyte type);
    [LibraryImport(Shim)] internal static partial void ts_event_free(nint e);
    [LibraryImport(Shim)] internal static partial int ts_event_record(nint e, nint stream);
    [LibraryImport(Shim)] internal static partial int ts_event_block(nint e, nint stream);
    [LibraryImport(Shim)] internal static partial int ts_event_query(nint e, out Flag done);
    [LibraryImport(Shim)] internal static partial int ts_event_synchronize(nint e);
    [LibraryImport(Shim)] internal static partial Tensor ts_empty_pinned(Longs size, TensorOptions o);
    [LibraryImport(Shim)] internal static partial int ts_device_use(sbyte type, sbyte index, out long allocated, out long reserved, out long peak);
    [LibraryImport(Shim)] internal static partial int ts_device_reset_peak(sbyte type, sbyte index);
    [LibraryImport(Shim)] internal static partial int ts_empty_cache(sbyte type);
}
