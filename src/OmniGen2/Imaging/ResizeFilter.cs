namespace OmniGen2.Imaging;

/// <summary>Resampling kernels of <see cref="PillowResize"/>.</summary>
public enum ResizeFilter
{
    Lanczos,
    Bicubic,
}
