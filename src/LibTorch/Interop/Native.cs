using System.Runtime.CompilerServices;

[assembly: DisableRuntimeMarshalling]

namespace TorchSharp;

/// <summary>The functions of the shim. Adding an operator is a line in native/*.cpp, the same line here, and its public name in torch.</summary>
internal static partial class Native
{
    internal const string Shim = "torchshim";
}
