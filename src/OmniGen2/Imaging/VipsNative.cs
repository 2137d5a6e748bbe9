using System.Runtime.InteropServices;

namespace OmniGen2.Imaging;

/// <summary>The functions of libvips and GObject that are used. Operations are built through properties: the variadic ones cannot be called safely.</summary>
internal static unsafe partial class VipsNative
{
    public const string VipsLibrary = "libvips.so.42";

    private const string GObjectLibrary = "libgobject-2.0.so.0";
    private const string GlibLibrary = "libglib-2.0.so.0";

    [LibraryImport(VipsLibrary, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int vips_init(string programName);

    [LibraryImport(VipsLibrary)]
    public static partial void vips_block_untrusted_set(int state);

    [LibraryImport(VipsLibrary, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void vips_operation_block_set(string name, int state);

    [LibraryImport(VipsLibrary)]
    public static partial void vips_concurrency_set(int threads);

    [LibraryImport(VipsLibrary)]
    public static partial void vips_cache_set_max(int operations);

    [LibraryImport(VipsLibrary)]
    public static partial nint vips_error_buffer_copy();

    [LibraryImport(VipsLibrary)]
    public static partial int vips_image_get_width(nint image);

    [LibraryImport(VipsLibrary)]
    public static partial int vips_image_get_height(nint image);

    [LibraryImport(VipsLibrary)]
    public static partial int vips_image_get_bands(nint image);

    [LibraryImport(VipsLibrary)]
    public static partial int vips_image_get_format(nint image);

    [LibraryImport(VipsLibrary, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint vips_image_get_typeof(nint image, string name);

    [LibraryImport(VipsLibrary, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int vips_image_get_int(nint image, string name, out int value);

    [LibraryImport(VipsLibrary, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void vips_image_set_blob_copy(nint image, string name, byte* data, nuint length);

    [LibraryImport(VipsLibrary)]
    public static partial nint vips_image_write_to_memory(nint image, out nuint size);

    [LibraryImport(VipsLibrary)]
    public static partial nint vips_image_new_from_memory_copy(byte* data, nuint size, int width, int height, int bands, int format);

    [LibraryImport(VipsLibrary)]
    public static partial nint vips_blob_copy(byte* data, nuint size);

    [LibraryImport(VipsLibrary)]
    public static partial nint vips_blob_get(nint blob, out nuint size);

    [LibraryImport(VipsLibrary)]
    public static partial void vips_area_unref(nint area);

    [LibraryImport(VipsLibrary, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint vips_operation_new(string name);

    [LibraryImport(VipsLibrary, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int vips_object_set_from_string(nint target, string options);

    [LibraryImport(VipsLibrary)]
    public static partial nint vips_cache_operation_build(nint operation);

    [LibraryImport(VipsLibrary)]
    public static partial void vips_object_unref_outputs(nint target);

    [LibraryImport(VipsLibrary)]
    public static partial nint vips_image_get_type();

    [LibraryImport(VipsLibrary)]
    public static partial nint vips_blob_get_type();

    [LibraryImport(GObjectLibrary, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void g_object_set_property(nint target, string name, ref GValue value);

    [LibraryImport(GObjectLibrary, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void g_object_get_property(nint target, string name, ref GValue value);

    [LibraryImport(GObjectLibrary)]
    public static partial nint g_value_init(ref GValue value, nint type);

    [LibraryImport(GObjectLibrary)]
    public static partial void g_value_unset(ref GValue value);

    [LibraryImport(GObjectLibrary)]
    public static partial void g_value_set_object(ref GValue value, nint target);

    [LibraryImport(GObjectLibrary, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void g_value_set_string(ref GValue value, string text);

    [LibraryImport(GObjectLibrary)]
    public static partial nint g_value_get_object(ref GValue value);

    [LibraryImport(GObjectLibrary)]
    public static partial void g_value_set_boxed(ref GValue value, nint boxed);

    [LibraryImport(GObjectLibrary)]
    public static partial nint g_value_get_boxed(ref GValue value);

    [LibraryImport(GObjectLibrary)]
    public static partial nint g_object_ref(nint target);

    [LibraryImport(GObjectLibrary)]
    public static partial void g_object_unref(nint target);

    [LibraryImport(GlibLibrary)]
    public static partial void g_free(nint memory);

    [LibraryImport(GlibLibrary, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int g_setenv(string name, string value, int overwrite);

    /// <summary>GObject's variant: a type and two words.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct GValue
    {
        public nint Type;
        public long First;
        public long Second;
    }
}
