using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using SQLitePCL;

namespace OmniGen2.Web.History;

/// <summary>Binds EF Core's SQLite to the system's library; see eng/Sqlite.targets.</summary>
public static class SqliteLibrary
{
    // Two assemblies may ask for it (app and tests), and a resolver can be set only once.
    private static readonly Lazy<bool> Bound = new(Bind);

    public static void Use() => _ = Bound.Value;

    // EF asks for a newer assembly version than there is; without this no type of EF's provider can be loaded.
#pragma warning disable CA2255 // The one place that must run before anything else of this assembly.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void ResolveAnyVersion() =>
        AssemblyLoadContext.Default.Resolving += (context, name) => name.Name is { } x && x.StartsWith("SQLitePCLRaw", StringComparison.Ordinal)
            ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, x + ".dll"))
            : null;

    private static bool Bind()
    {
        // The SQLite inside the bundle is of 2021 and fails EF's JSON queries.
        NativeLibrary.SetDllImportResolver(
            typeof(SQLite3Provider_e_sqlite3).Assembly,
            (name, _, _) => name == "e_sqlite3" ? NativeLibrary.Load("libsqlite3.so.0") : 0);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return true;
    }
}
