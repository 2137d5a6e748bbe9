namespace OmniGen2.Web.Jobs.Fair;

/// <summary>Who would come after the one who is due.</summary>
public sealed partial class FairShare
{
    /// <summary>Whose quanta would follow one of <paramref name="first"/>, if each took as long as that person's last. Without end; changes nothing.</summary>
    /// <param name="claims">As <see cref="Choose"/> saw them.</param>
    /// <param name="first">Index of the claim that was chosen.</param>
    /// <returns>Indexes of claims.</returns>
    public IEnumerable<int> After(IReadOnlyList<Claim> claims, int first)
    {
        var scene = Look(claims);
        for (var served = first; ;)
        {
            scene.Standings[served].Used += Math.Max(scene.Standings[served].Person.Quantum, LeastQuantum) / scene.Claims[served].Weight;
            served = LeastOf(scene, (_, _) => true)!.Value;
            yield return served;
        }
    }
}
