using System.ComponentModel.DataAnnotations;

namespace OmniGen2.Web.Options;

/// <summary>Section `Team`: who may come in, and for how long.</summary>
public sealed record TeamOptions
{
    /// <summary>Accounts even where only this machine reaches the studio. Where others do, there are always accounts.</summary>
    public bool Accounts { get; init; }

    /// <summary>How new people come: `invitation`, or `approval` for whoever asks and is let in by an administrator.</summary>
    [RegularExpression("^(invitation|approval)$", ErrorMessage = "Team:SignUp must be invitation or approval.")]
    public string SignUp { get; init; } = "invitation";

    [Range(1, 365, ErrorMessage = "Team:InvitationDays must be from {1} to {2} days.")]
    public int InvitationDays { get; init; } = 7;

    /// <summary>How long a browser stays signed in where its person wished so.</summary>
    [Range(1, 365, ErrorMessage = "Team:SessionDays must be from {1} to {2} days.")]
    public int SessionDays { get; init; } = 30;

    public bool HasApproval => SignUp == "approval";
}
