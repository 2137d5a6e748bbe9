namespace OmniGen2.Bench;

/// <summary>Searches as people type them: from none at all to many conditions, common words and rare ones, hits and misses.</summary>
internal static class BenchQueries
{
    public static string Next(Random random)
    {
        string Word() => BenchWords.All[random.Next(BenchWords.All.Length)];
        string Colour() => BenchWords.Colours[random.Next(BenchWords.Colours.Length)];
        return random.Next(16) switch
        {
            0 => "",
            1 => Colour(),
            2 => $"{Colour()} -{Colour()}",
            3 => $"{Colour()} {Word()} {Word()}",
            4 => $"\"{Colour()} {BenchWords.Things[random.Next(BenchWords.Things.Length)]}\"",
            5 => $"tag:{BenchWords.Tags[random.Next(BenchWords.Tags.Length)]}",
            6 => $"{Colour()} -{Colour()} tag:logo after:2025-0{random.Next(1, 10)}-01",
            7 => $"is:starred {Word()}",
            8 => "kind:edited rating:>=4",
            9 => $"-{Word()} before:2025",
            10 => $"seed:{random.Next(1_000_000)}",
            11 => $"size:1024x768 {Word()}",
            12 => $"board:\"Board {random.Next(10)}\" {Colour()}",
            13 => $"model:mini {Word()} -{Word()} -is:partial",
            14 => $"{Word()[..3]}*",
            _ => $"{Word()} {Word()} {Word()} {Word()}",
        };
    }
}
