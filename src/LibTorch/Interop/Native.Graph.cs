using System.Runtime.InteropServices;

namespace TorchSharp;

// Recorded work of a GPU. A flat list, line for line as native/graph.cpp.
internal static partial class Native
{
    [LibraryImport(Shim)] internal static partial Flag ts_graph_is_built();
    [LibraryImport(Shim)] internal static partial nint ts_graph_begin(int device);
    [LibraryImport(Shim)] internal static partial int ts_graph_end(nint graph);
    [LibraryImport(Shim)] internal static partial int ts_graph_abandon(nint graph, out Flag refused);
    [LibraryImport(Shim)] internal static partial int ts_graph_replay(nint graph);
    [LibraryImport(Shim)] internal static partial void ts_graph_free(nint graph);
}
