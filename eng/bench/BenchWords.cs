namespace OmniGen2.Bench;

/// <summary>The words that made-up prompts are made of.</summary>
internal static class BenchWords
{
    public static readonly string[] Colours = ["red", "blue", "green", "yellow", "orange", "purple", "pink", "cyan", "brown", "white", "black", "gray", "golden", "silver"];

    public static readonly string[] Things =
    [
        "circle", "square", "triangle", "star", "heart", "ring", "hexagon", "cross", "robot", "cat", "dog", "bird", "whale", "lantern", "bridge", "castle", "garden",
        "sailor", "bottle", "teapot", "bicycle", "lighthouse", "violin", "dragon", "astronaut", "train", "umbrella", "mountain", "river", "city", "street", "forest",
    ];

    public static readonly string[] Styles =
    [
        "watercolor", "photograph", "oil painting", "isometric render", "pencil sketch", "vintage poster", "flat icon", "stained glass", "woodcut", "macro shot",
        "studio portrait", "film still", "pixel art", "paper cutout", "charcoal drawing",
    ];

    public static readonly string[] Tags = ["logo", "night", "print", "draft", "shapes", "client-a", "client-b", "poster"];

    public static readonly string[] Colloquial =
    [
        "soft", "misty", "light", "cinematic", "detailed", "autumn", "winter", "spring", "summer", "rain", "fog", "sunset", "dawn", "reflections", "bokeh", "wooden",
        "table", "glass", "marble", "old", "young", "smiling", "quiet", "crowded", "harbour", "market", "kitchen", "library", "window", "curtain", "shadow", "candle",
        "snow", "meadow", "waves", "clouds", "sharp", "focus", "wide", "angle", "minimal", "symmetry", "texture", "linen", "copper", "velvet", "neon", "pastel",
    ];

    public static string[] All { get; } = [.. Colours, .. Things, .. Colloquial];

    public static string Prompt(Random random)
    {
        string Of(string[] words) => words[random.Next(words.Length)];
        var things = string.Join(", ", Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"a {Of(Colloquial)} {Of(Colours)} {Of(Things)}"));
        var rest = string.Join(", ", Enumerable.Range(0, random.Next(2, 9)).Select(_ => $"{Of(Colloquial)} {Of(Colloquial)}"));
        // Names and numbers make the tail of rare words that every real history has.
        return $"{Of(Styles)} of {things}, {rest}, no. {random.Next(50_000)}";
    }
}
