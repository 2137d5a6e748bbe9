using OmniGen2.Web.Options;

namespace OmniGen2.Web.Jobs.Fair;

/// <summary>
/// Who gets the next quantum: the person who had the model least, by decayed time per weight. Time that nobody else wanted is not held against anyone,
/// and time that was not wanted cannot be saved up: who comes back stands near the others. Knows no jobs and no threads, and no time but its clock's.
/// </summary>
public sealed partial class FairShare(QueueOptions options, TimeProvider time)
{
    /// <summary>Within this the shares are those of the weights.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    // How far anybody may be ahead or behind, as part of what the window gives them. Both together, and quanta that are unequal, stay below a tenth.
    private const double Slack = 0.04;

    private const double MostHalfLives = 100;

    // A person's own pace has room for chance before anything is owed.
    private const double OverdueFactor = 3;

    // Of who was never served, in seconds.
    private const double LeastQuantum = 1e-3;

    private readonly Dictionary<string, Person> _people = [];
    private readonly long _begin = time.GetTimestamp();
    private Cast _cast = Cast.Empty;
    private double _epoch;
    private long _decision;

    /// <summary>How far interactive work may bring a person ahead of the others, in seconds of the model.</summary>
    /// <param name="options">The longest.</param>
    /// <param name="weight">The person's.</param>
    /// <param name="weights">Of all who have work.</param>
    public static double Lead(QueueOptions options, double weight, double weights) => Math.Min(options.LeadSeconds, Slack * Window.TotalSeconds * weight / weights);

    /// <summary>Seconds that a person had the model, decayed.</summary>
    public double Used(string? person) => _people.TryGetValue(Key(person), out var known) ? known.Level * Decay(Now()) : 0;

    /// <summary>A quantum was done for a person.</summary>
    public void Charge(string? person, TimeSpan spent)
    {
        var (known, now) = (Of(person), Now());
        known.Level += spent.TotalSeconds / Decay(now);
        known.ServedAt = now;
        known.Quantum = spent.TotalSeconds;
    }

    /// <summary>The index of the claim that is due; null where none can be met.</summary>
    /// <param name="claims">One a person; all people who have work.</param>
    public int? Choose(IReadOnlyList<Claim> claims)
    {
        var scene = Look(claims);
        _decision++;
        for (var i = 0; i < scene.Standings.Length; i++)
        {
            var (person, wasHere, used) = scene.Standings[i];
            if (!wasHere)
            {
                (person.Level, person.ServedAt) = (used * scene.Claims[i].Weight / Decay(scene.Now), scene.Now);
            }

            person.Seen = _decision;
        }

        return Overdue(scene) ?? Interactive(scene) ?? Least(scene, (_, _) => true);
    }

    /// <summary>Where these people stand: seconds that each had the model per weight, as they would count now. Changes nothing.</summary>
    public IReadOnlyList<double> Standings(IReadOnlyList<Claim> claims) => [.. Look(claims).Standings.Select(x => x.Used)];

    private static string Key(string? person) => person ?? "";

    /// <summary>Those who come anew stand near those who have been here.</summary>
    private Scene Look(IReadOnlyList<Claim> claims)
    {
        var (cast, now) = (CastOf(claims), Now());
        var decay = Decay(now);
        var standings = new Standing[cast.Claims.Length];
        var (least, leastHere) = (double.PositiveInfinity, double.PositiveInfinity);
        for (var i = 0; i < standings.Length; i++)
        {
            var person = cast.People[i];
            var used = person.Level * decay / cast.Claims[i].Weight;
            var wasHere = person.Seen == _decision;
            standings[i] = new Standing(person, wasHere, used);
            least = Math.Min(least, used);
            leastHere = wasHere ? Math.Min(leastHere, used) : leastHere;
        }

        var level = double.IsFinite(leastHere) ? leastHere : least;
        for (var i = 0; i < standings.Length; i++)
        {
            if (!standings[i].WasHere)
            {
                // What one is ahead by overtaking stays owed, or leaving for a moment would be worth it.
                var weight = cast.Claims[i].Weight;
                var owed = (Lead(options, weight, cast.Weights) + (2 * standings[i].Person.Quantum)) / weight;
                standings[i].Used = Math.Clamp(standings[i].Used, level - (Slack * Window.TotalSeconds / cast.Weights), level + owed);
            }
        }

        return new Scene(cast.Claims, standings, now, cast.Weights);
    }

    /// <summary>The same list is the same people: who they are is looked up once.</summary>
    private Cast CastOf(IReadOnlyList<Claim> claims)
    {
        if (!ReferenceEquals(claims, _cast.Of))
        {
            _cast = new Cast(claims, [.. claims], [.. claims.Select(x => Of(x.Person))], claims.Sum(x => x.Weight));
        }

        return _cast;
    }

    /// <summary>The one who has been kept waiting longest beyond what is fair.</summary>
    private int? Overdue(Scene scene)
    {
        (int? index, var most) = (null, 0.0);
        for (var i = 0; i < scene.Claims.Length; i++)
        {
            var person = scene.Standings[i].Person;
            var pace = person.Quantum * scene.Weights / scene.Claims[i].Weight;
            var late = scene.Now - person.ServedAt - Math.Max(options.HeldBackSeconds, OverdueFactor * pace);
            (index, most) = late > most && scene.Claims[i].Room != Room.IsNot ? (i, late) : (index, most);
        }

        return index;
    }

    private int? Interactive(Scene scene)
    {
        var least = double.PositiveInfinity;
        foreach (var standing in scene.Standings)
        {
            least = Math.Min(least, standing.Used);
        }

        return Least(scene, (claim, used) => claim.IsInteractive && (used - least) * claim.Weight < Lead(options, claim.Weight, scene.Weights));
    }

    /// <summary>Who is not in memory takes a place only when far enough behind: saving and reading costs time.</summary>
    private int? Least(Scene scene, Func<Claim, double, bool> may)
    {
        var inMemory = LeastOf(scene, (claim, used) => claim.Room == Room.Is && may(claim, used));
        return LeastOf(scene, (claim, used) => may(claim, used) && (claim.Room == Room.Is
            || (claim.Room == Room.IsTaken && (inMemory is null || (scene.Standings[inMemory.Value].Used - used) * claim.Weight >= options.TurnSeconds))));
    }

    /// <summary>Of those alike, the one who was served longest ago.</summary>
    private static int? LeastOf(Scene scene, Func<Claim, double, bool> may)
    {
        int? least = null;
        var standings = scene.Standings;
        for (var i = 0; i < standings.Length; i++)
        {
            if (may(scene.Claims[i], standings[i].Used) && (least is not { } best || standings[i].IsBefore(standings[best])))
            {
                least = i;
            }
        }

        return least;
    }

    private Person Of(string? person)
    {
        if (!_people.TryGetValue(Key(person), out var known))
        {
            _people[Key(person)] = known = new Person();
        }

        return known;
    }

    /// <summary>What a level of now is worth. All levels decay alike, so they are kept as if nothing ever decayed, from an epoch on that moves before the numbers grow too large.</summary>
    private double Decay(double now)
    {
        if (now - _epoch > MostHalfLives * options.HalfLifeSeconds)
        {
            var decay = Math.Pow(0.5, (now - _epoch) / options.HalfLifeSeconds);
            foreach (var person in _people.Values)
            {
                person.Level *= decay;
            }

            _epoch = now;
        }

        return Math.Pow(0.5, (now - _epoch) / options.HalfLifeSeconds);
    }

    private double Now() => time.GetElapsedTime(_begin).TotalSeconds;
}
