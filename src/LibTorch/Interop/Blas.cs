namespace TorchSharp;

/// <summary>Finds out whether the system's BLAS is the slow reference one, and which installed one is better.</summary>
internal static class Blas
{
    /// <summary>By preference: the OpenMP flavour shares libtorch's threads, the other brings its own.</summary>
    private static readonly string[] Flavours = ["openblas-openmp", "openblas-pthread", "openblas-serial"];

    private static readonly string[] Folders = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"];

    /// <summary>The file to load ahead of the system's BLAS, or null where that one is good, absent or unknown.</summary>
    public static string? Faster()
    {
        foreach (var folder in Folders)
        {
            var standard = new FileInfo(Path.Combine(folder, "libblas.so.3"));
            if (standard.Exists)
            {
                return IsReference(standard) ? Flavours.Select(f => Path.Combine(folder, f, "libblas.so.3")).FirstOrDefault(File.Exists) : null;
            }
        }

        return null;
    }

    // Debian keeps the reference one in a folder called blas; every other flavour has a folder of its own name.
    private static bool IsReference(FileInfo library) =>
        Path.GetFileName(Path.GetDirectoryName((library.ResolveLinkTarget(returnFinalTarget: true) ?? library).FullName)) == "blas";
}
