namespace OmniGen2.Web.Jobs;

/// <summary>What may be left out between steps for speed.</summary>
public enum Shortcut
{
    None,
    TeaCache,
    TaylorSeer,
}

/// <summary>The shortcuts for people: each says what it saves and what it costs, as `bench approximations` measured it at 50 steps on the model that ships.</summary>
public static class Shortcuts
{
    public static Shortcut Of(CacheOptions? cache) => cache switch
    {
        CacheOptions.TeaCache => Shortcut.TeaCache,
        CacheOptions.TaylorSeer => Shortcut.TaylorSeer,
        _ => Shortcut.None,
    };

    public static CacheOptions? Cache(this Shortcut shortcut) => shortcut switch
    {
        Shortcut.TeaCache => new CacheOptions.TeaCache(),
        Shortcut.TaylorSeer => new CacheOptions.TaylorSeer(),
        _ => null,
    };

    public static string Name(this Shortcut shortcut) => shortcut == Shortcut.None ? "None, exact" : shortcut.ToString();

    public static string Price(this Shortcut shortcut) => shortcut switch
    {
        Shortcut.TeaCache => "Leaves the layers out of steps that change little: about 58 of 100 passes remain. With the model that ships the picture is 64 dB from exact, which the eye does not see; another model may lose more.",
        Shortcut.TaylorSeer => "Computes every third step and foretells those between: 40 of 100 passes remain. With the model that ships the picture is 58 dB from exact, which the eye does not see; another model may lose more.",
        _ => "Every step is computed. The others skip work between steps and draw nearly the same picture sooner.",
    };
}
