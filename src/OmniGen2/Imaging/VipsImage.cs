namespace OmniGen2.Imaging;

/// <summary>Owns one native image; lazy until its pixels are asked for.</summary>
internal sealed unsafe class VipsImage(nint handle) : IDisposable
{
    public nint Handle { get; private set; } = handle;

    public int Width => VipsNative.vips_image_get_width(Handle);

    public int Height => VipsNative.vips_image_get_height(Handle);

    public int Bands => VipsNative.vips_image_get_bands(Handle);

    public VipsSample Sample => (VipsSample)VipsNative.vips_image_get_format(Handle);

    public static VipsImage From(RgbImage image)
    {
        fixed (byte* pixels = image.Pixels)
        {
            var handle = VipsNative.vips_image_new_from_memory_copy(
                pixels, (nuint)image.Pixels.Length, image.Width, image.Height, 3, (int)VipsSample.Byte);
            return handle != 0 ? new VipsImage(handle) : throw Vips.TakeError("new_from_memory");
        }
    }

    /// <summary>An integer of the header, such as EXIF's orientation.</summary>
    public int? Header(string name) =>
        VipsNative.vips_image_get_typeof(Handle, name) != 0 && VipsNative.vips_image_get_int(Handle, name, out var value) == 0 ? value : null;

    public void Attach(string name, ReadOnlySpan<byte> data)
    {
        fixed (byte* bytes = data)
        {
            VipsNative.vips_image_set_blob_copy(Handle, name, bytes, (nuint)data.Length);
        }
    }

    /// <summary>Decodes, and hands the interleaved samples to <paramref name="use"/> without a copy.</summary>
    public T WithSamples<T>(Func<ReadOnlySpan<byte>, T> use)
    {
        var memory = VipsNative.vips_image_write_to_memory(Handle, out var size);
        if (memory == 0)
        {
            throw Vips.TakeError("write_to_memory");
        }

        try
        {
            return use(new ReadOnlySpan<byte>((void*)memory, checked((int)size)));
        }
        finally
        {
            VipsNative.g_free(memory);
        }
    }

    public void Dispose()
    {
        if (Handle != 0)
        {
            VipsNative.g_object_unref(Handle);
            Handle = 0;
        }
    }
}
