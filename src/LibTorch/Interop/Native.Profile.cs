using System.Runtime.InteropServices;

namespace TorchSharp;

// Where time goes. A flat list, line for line as native/profile.cpp.
internal static partial class Native
{
    [LibraryImport(Shim)] internal static partial int ts_profile_begin();
    [LibraryImport(Shim)] internal static partial nint ts_profile_end();
}
