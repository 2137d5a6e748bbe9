using System.Net;
using Microsoft.Extensions.Options;
using OmniGen2.Imaging;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Api.OpenAi;

/// <summary>Whether the studio may connect to an address; <see cref="PublicAddress.IsPublic"/> unless a test says otherwise.</summary>
public delegate bool AllowAddress(IPAddress address);

/// <summary>Fetches pictures from addresses that requests name, where the owner of the studio allows it.</summary>
public sealed class RemotePictures : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly IOptions<ApiOptions> _options;
    private readonly HttpClient _http;

    public RemotePictures(IOptions<ApiOptions> options, AllowAddress isAllowed, ResolveName resolve)
    {
        _options = options;
        _http = new HttpClient(PublicConnection.Handler(isAllowed, resolve));
    }

    /// <param name="address">http or https.</param>
    /// <param name="parameter">How the request calls it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The file, at most as large as <see cref="ImageLimits.Default"/> allows.</returns>
    public async Task<byte[]> Fetch(string address, string parameter, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
        {
            throw OpenAiFault.Invalid(parameter, $"'{RequestFields.Short(address)}' is no address of a picture: send it as a data URL.", "invalid_image_url");
        }

        if (!_options.Value.AllowRemotePictures)
        {
            throw OpenAiFault.Invalid(parameter, "This studio fetches no pictures from elsewhere: send them as data URLs, or set Api:AllowRemotePictures.", "invalid_image_url");
        }

        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        soon.CancelAfter(Longest);
        try
        {
            using var response = await _http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, soon.Token);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw Unreachable(parameter, uri, $"answers with {(int)response.StatusCode}");
            }

            return await ImageFile.ReadAsync(await response.Content.ReadAsStreamAsync(soon.Token), cancellationToken: soon.Token);
        }
        catch (HttpRequestException fault) when (PublicConnection.WasRefused(fault))
        {
            throw OpenAiFault.Invalid(parameter, $"{uri.Host} lies in a private network, from which the studio fetches nothing: send the picture as a data URL.", "invalid_image_url");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw Unreachable(parameter, uri, "cannot be reached");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unreachable(parameter, uri, $"took longer than {Longest.TotalSeconds} seconds");
        }
    }

    public void Dispose() => _http.Dispose();

    private static OpenAiFault Unreachable(string parameter, Uri uri, string what) =>
        OpenAiFault.Invalid(parameter, $"{uri.Host} {what}: send the picture as a data URL.", "invalid_image_url");
}
