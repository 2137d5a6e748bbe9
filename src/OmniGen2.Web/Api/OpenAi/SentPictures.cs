using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.OpenAi;

/// <summary>A picture file as it came.</summary>
internal sealed record SentPicture(byte[] File, string Name);

/// <summary>Pictures that programs send: from addresses to files, and from files into the history.</summary>
internal sealed class SentPictures(RemotePictures remote, ImageStore images)
{
    private const string DataScheme = "data:";
    private const string Base64Mark = ";base64";

    public async Task<IReadOnlyList<SentPicture>> Read(IReadOnlyList<string> addresses, string parameter, CancellationToken cancellationToken)
    {
        var files = new List<SentPicture>();
        foreach (var address in addresses)
        {
            files.Add(new SentPicture(await Read(address, parameter, cancellationToken), ""));
        }

        return files;
    }

    /// <summary>What is no picture, or too large a one, is refused before any pixel is decoded.</summary>
    public async Task<IReadOnlyList<Reference>> Keep(IReadOnlyList<SentPicture> pictures, string parameter, string? owner, CancellationToken cancellationToken)
    {
        var kept = new List<Reference>();
        foreach (var picture in pictures)
        {
            try
            {
                kept.Add(Reference.To(await images.AddUpload(picture.File, picture.Name, owner, cancellationToken)));
            }
            catch (ModelException refused)
            {
                throw OpenAiFault.Invalid(parameter, refused.Message, "invalid_image");
            }
        }

        return kept;
    }

    private async Task<byte[]> Read(string address, string parameter, CancellationToken cancellationToken)
    {
        if (!address.StartsWith(DataScheme, StringComparison.OrdinalIgnoreCase))
        {
            return await remote.Fetch(address, parameter, cancellationToken);
        }

        var comma = address.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !address.AsSpan(0, comma).EndsWith(Base64Mark, StringComparison.OrdinalIgnoreCase))
        {
            throw OpenAiFault.Invalid(parameter, "A data URL of a picture reads data:image/png;base64, and then the file in Base64.", "invalid_image_url");
        }

        try
        {
            return Convert.FromBase64String(address[(comma + 1)..]);
        }
        catch (FormatException)
        {
            throw OpenAiFault.Invalid(parameter, "The data URL of a picture is no valid Base64: encode the whole file.", "invalid_image_url");
        }
    }
}
