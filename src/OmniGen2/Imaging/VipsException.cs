namespace OmniGen2.Imaging;

/// <summary>What libvips said; always the inner exception of a sentence for the user.</summary>
internal sealed class VipsException(string message) : Exception(message);
