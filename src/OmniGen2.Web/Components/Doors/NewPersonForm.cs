using OmniGen2.Web.Team;

namespace OmniGen2.Web.Components.Doors;

/// <summary>What a new person is asked.</summary>
public sealed class NewPersonForm
{
    public string? Name { get; set; }

    public string? Email { get; set; }

    public string? Password { get; set; }

    public NewPerson Person => new(Name ?? "", Email ?? "", Password ?? "");
}
