using System.Globalization;
using OmniGen2.CrashTest;

// crash-test.sh says what this is and calls it.
var settings = args.Chunk(2).ToDictionary(x => x[0], x => x.ElementAtOrDefault(1) ?? "");
if (!settings.TryGetValue("--studio", out var program) || settings.Keys.Except(["--studio", "--kills", "--seed"]).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine("Usage: eng/crash-test.sh [--kills 5] [--seed 1]");
    return 2;
}

var kills = Number("--kills", 5);
var seed = Number("--seed", Random.Shared.Next());
Console.WriteLine($"{kills} kills, seed {seed}");
using var rig = new Rig(program, seed);
var verdict = await rig.Run(kills);
Console.WriteLine($"{kills} kills: {verdict.Lost} lost, {verdict.Doubled} doubled, {verdict.Different} different");
return verdict.IsClean ? 0 : 1;

int Number(string name, int otherwise) => settings.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
