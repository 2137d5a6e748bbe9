namespace OmniGen2.Imaging;

/// <summary>Sample types of libvips that the three formats give; values as in its headers.</summary>
internal enum VipsSample
{
    Byte = 0,
    UShort = 2,
}
