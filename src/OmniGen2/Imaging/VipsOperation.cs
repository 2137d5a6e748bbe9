using static OmniGen2.Imaging.VipsNative;

namespace OmniGen2.Imaging;

/// <summary>One operation of libvips, set up by properties and run once.</summary>
internal sealed unsafe class VipsOperation : IDisposable
{
    // G_TYPE_STRING, a constant of glib's headers.
    private const nint StringType = 16 << 2;

    private readonly string _name;
    private nint _handle;

    public VipsOperation(string name)
    {
        _name = name;
        _handle = vips_operation_new(name);
        if (_handle == 0)
        {
            throw Vips.TakeError(name);
        }
    }

    public VipsOperation Input(string property, VipsImage image)
    {
        var value = Empty(vips_image_get_type());
        g_value_set_object(ref value, image.Handle);
        return Set(property, ref value);
    }

    /// <summary>The bytes are copied: the image reads from them later.</summary>
    public VipsOperation Input(string property, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* data = bytes)
        {
            var blob = vips_blob_copy(data, (nuint)bytes.Length);
            var value = Empty(vips_blob_get_type());
            g_value_set_boxed(ref value, blob);
            vips_area_unref(blob);
            return Set(property, ref value);
        }
    }

    /// <summary>Text of any kind, which <see cref="Options"/> would take apart at its commas.</summary>
    public VipsOperation Input(string property, string text)
    {
        var value = Empty(StringType);
        g_value_set_string(ref value, text);
        return Set(property, ref value);
    }

    /// <summary>Plain options as libvips writes them: "Q=90,strip=true".</summary>
    public VipsOperation Options(string options) =>
        vips_object_set_from_string(_handle, options) == 0 ? this : throw Vips.TakeError(_name);

    public VipsImage RunToImage()
    {
        Build();
        var value = Empty(vips_image_get_type());
        g_object_get_property(_handle, "out", ref value);
        var image = new VipsImage(g_object_ref(g_value_get_object(ref value)));
        g_value_unset(ref value);
        return image;
    }

    public byte[] RunToBytes()
    {
        Build();
        var value = Empty(vips_blob_get_type());
        g_object_get_property(_handle, "buffer", ref value);
        var data = vips_blob_get(g_value_get_boxed(ref value), out var length);
        var bytes = new ReadOnlySpan<byte>((void*)data, checked((int)length)).ToArray();
        g_value_unset(ref value);
        return bytes;
    }

    public void Dispose()
    {
        if (_handle != 0)
        {
            vips_object_unref_outputs(_handle);
            g_object_unref(_handle);
            _handle = 0;
        }
    }

    private void Build()
    {
        var built = vips_cache_operation_build(_handle);
        if (built == 0)
        {
            throw Vips.TakeError(_name);
        }

        g_object_unref(_handle);
        _handle = built;
    }

    private VipsOperation Set(string property, ref GValue value)
    {
        g_object_set_property(_handle, property, ref value);
        g_value_unset(ref value);
        return this;
    }

    private static GValue Empty(nint type)
    {
        var value = default(GValue);
        g_value_init(ref value, type);
        return value;
    }
}
