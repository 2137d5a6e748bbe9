using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Turns what the shim kept of a C++ exception into one of ours.</summary>
internal static unsafe class Fault
{
    private const int OutOfMemory = 1;

    /// <summary>The fault of this thread's last call.</summary>
    public static TorchException Last()
    {
        var text = Marshal.PtrToStringUTF8(Native.ts_fault(out var kind)) ?? string.Empty;
        return kind == OutOfMemory ? new TorchOutOfMemoryException(text) : new TorchException(text);
    }

    public static void Check(int status)
    {
        if (status != 0)
        {
            throw Last();
        }
    }

    public static nint Check(nint handle) => handle == 0 ? throw Last() : handle;

    /// <summary>Takes over an array of tensors that the shim made.</summary>
    public static torch.Tensor[] Collect(nint* list, int count)
    {
        if (list is null)
        {
            throw Last();
        }

        var tensors = new torch.Tensor[count];
        for (var i = 0; i < count; i++)
        {
            tensors[i] = new torch.Tensor(list[i]);
        }

        Native.ts_list_free(list);
        return tensors;
    }
}
