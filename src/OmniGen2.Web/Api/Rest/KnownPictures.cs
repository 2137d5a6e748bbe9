using OmniGen2.Web.History;

namespace OmniGen2.Web.Api.Rest;

/// <summary>Pictures that a request names must be there for who asks.</summary>
internal static class KnownPictures
{
    /// <summary>One that is not there is a <see cref="RestFault"/>.</summary>
    public static async Task<PictureRow> Require(this ImageStore images, Guid id, CancellationToken cancellationToken) =>
        await images.Find(id, cancellationToken) ?? throw new RestFault(StatusCodes.Status404NotFound, $"There is no picture {id}: GET /api/pictures lists those there are.");

    /// <summary>One that is not there is a <see cref="ModelException"/>: the address is right, what was sent is not.</summary>
    public static async Task Require(this ImageStore images, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var known = await images.Find(ids, cancellationToken);
        if (ids.FirstOrDefault(x => !known.ContainsKey(x)) is var missing && missing != Guid.Empty)
        {
            throw new ModelException($"There is no picture {missing}: nothing was changed.");
        }
    }
}
