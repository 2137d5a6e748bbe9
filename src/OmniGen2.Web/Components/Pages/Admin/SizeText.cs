using System.Globalization;

namespace OmniGen2.Web.Components.Pages.Admin;

/// <summary>Bytes as people say them.</summary>
public static class SizeText
{
    public static string Of(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{(bytes < 1e9 ? bytes / 1e6 : bytes / 1e9):0.0} {(bytes < 1e9 ? "MB" : "GB")}");
}
