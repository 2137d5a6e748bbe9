using System.Collections.Frozen;

namespace OmniGen2.Web.Team;

/// <summary>
/// Who asks. It goes with the flow of a request or a circuit, so that the database can answer each question and refuse each change by it
/// (<see cref="History.HistoryDb"/>) without any code in between having to pass it on.
/// </summary>
public sealed record Asker
{
    private static readonly AsyncLocal<Asker?> Flow = new();

    /// <summary>The studio itself: the worker, the sweeps, and the one person where there are no accounts.</summary>
    public static Asker Studio { get; } = new() { SeesAll = true, Permissions = Team.Permissions.All };

    /// <summary>Somebody who did not say who they are.</summary>
    public static Asker Nobody { get; } = new();

    /// <summary>Outside of requests and circuits it is the studio itself.</summary>
    public static Asker Current => Flow.Value ?? Studio;

    /// <summary>Of the person; null for the studio itself and for nobody.</summary>
    public string? Id { get; init; }

    public string Name { get; init; } = "";

    /// <summary>Nothing is hidden and nothing refused.</summary>
    public bool SeesAll { get; init; }

    public FrozenSet<Permission> Permissions { get; init; } = [];

    /// <summary>The name of the administrator who looks through this person's eyes, and can change nothing; null for the person.</summary>
    public string? SeenThroughBy { get; init; }

    /// <summary>Of the browser's session; null for keys and where there are no accounts.</summary>
    public Guid? Session { get; init; }

    /// <summary>There are accounts, and this is one of them.</summary>
    public bool IsPerson => Id is not null;

    public bool May(Permission permission) => RefusalOf(permission) is null;

    /// <summary>Whether what belongs to somebody (null: to nobody) is this one's own.</summary>
    public bool Owns(string? owner) => SeesAll || (IsPerson && owner == Id);

    /// <summary>What may not be done is a <see cref="ModelException"/>.</summary>
    public void Demand(Permission permission)
    {
        if (RefusalOf(permission) is { } refusal)
        {
            throw new ModelException(refusal);
        }
    }

    /// <summary>From here on, until the calling method's own flow ends, this one asks.</summary>
    public static void Enter(Asker asker) => Flow.Value = asker;

    /// <summary>Does something as another one, for instance as the studio itself after the right to it was checked.</summary>
    public static T As<T>(Asker asker, Func<T> work)
    {
        var before = Flow.Value;
        Flow.Value = asker;
        try
        {
            return work();
        }
        finally
        {
            Flow.Value = before;
        }
    }

    /// <summary>As above, for what brings nothing back.</summary>
    public static void As(Asker asker, Action work) => As(asker, () =>
    {
        work();
        return true;
    });

    private string? RefusalOf(Permission permission) => this switch
    {
        { SeenThroughBy: not null } when permission != Permission.See => $"You look through the eyes of {Name}: nothing can be changed from here. End the look first.",
        _ when Permissions.Contains(permission) => null,
        { IsPerson: false } => "Sign in first.",
        _ => permission switch
        {
            Permission.Make => "Your role is to look and to comment: ask an administrator for the role of a member to make pictures.",
            Permission.ManageQueue or Permission.ManagePeople or Permission.ManageStudio => "Only an administrator can do this: ask one.",
            _ => "Your role does not allow this: ask an administrator.",
        },
    };
}
