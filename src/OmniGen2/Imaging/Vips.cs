using System.Runtime.InteropServices;

namespace OmniGen2.Imaging;

/// <summary>Starts libvips once, restricted to the three formats and quiet, and turns its error buffer into exceptions.</summary>
internal static class Vips
{
    private static readonly Lazy<bool> Started = new(Start);

    /// <summary>Call before anything of <see cref="VipsNative"/>. A missing library is a <see cref="ModelException"/>, each time anew.</summary>
    public static void Require()
    {
        RequireLibrary(VipsNative.VipsLibrary);
        _ = Started.Value;
    }

    internal static void RequireLibrary(string name)
    {
        // The loader answers from its own table once the library is in, so this costs a microsecond.
        if (!NativeLibrary.TryLoad(name, out var handle))
        {
            throw new ModelException(
                $"Pictures cannot be read or written: the library {name} is not installed. Install it with 'apt-get install libvips42' (from Debian 13 on: libvips42t64).");
        }

        NativeLibrary.Free(handle);
    }

    /// <summary>Takes what the buffer holds. It belongs to the process: with several faults at once the text may be another picture's, so it goes to the log, never to the user.</summary>
    public static VipsException TakeError(string operation)
    {
        var text = VipsNative.vips_error_buffer_copy();
        try
        {
            return new VipsException($"{operation}: {Marshal.PtrToStringUTF8(text)?.Trim()}");
        }
        finally
        {
            VipsNative.g_free(text);
        }
    }

    private static bool Start()
    {
        // The managed Environment does not reach the environment of the process, hence glib's own.
        _ = VipsNative.g_setenv("VIPS_WARNING", "0", 1);
        if (VipsNative.vips_init("OmniGen2") != 0)
        {
            throw TakeError("vips_init");
        }

        VipsNative.vips_block_untrusted_set(1);
        VipsNative.vips_operation_block_set("VipsForeignLoad", 1);
        foreach (var loader in (string[])["VipsForeignLoadPng", "VipsForeignLoadJpeg", "VipsForeignLoadWebp"])
        {
            VipsNative.vips_operation_block_set(loader, 0);
        }

        // Requests already run side by side, and a cache of operations would keep users' pictures alive.
        VipsNative.vips_concurrency_set(1);
        VipsNative.vips_cache_set_max(0);
        return true;
    }
}
