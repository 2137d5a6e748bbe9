using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OmniGen2.Web.Api.OpenAi;
using OmniGen2.Web.History;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Api.Rest;

/// <summary>Tells one thing to one webhook, signed as standardwebhooks.com says, and writes down how that went.</summary>
internal sealed class WebhookSender : IDisposable
{
    private const double Growth = 4;
    private const int LongestFault = 500;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private readonly WebhookStore _store;
    private readonly ApiOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public WebhookSender(WebhookStore store, IOptions<ApiOptions> options, AllowAddress isPublic, ResolveName resolve, TimeProvider time)
    {
        (_store, _options, _time) = (store, options.Value, time);
        _http = new HttpClient(PublicConnection.Handler(options.Value.AllowPrivateWebhooks ? _ => true : isPublic, resolve)) { Timeout = Longest };
    }

    /// <summary>As it stands in the header webhook-signature.</summary>
    public static string Signature(string secret, string id, long seconds, string body)
    {
        var key = Convert.FromBase64String(secret[WebhookStore.SecretMark.Length..]);
        var signed = string.Create(CultureInfo.InvariantCulture, $"{id}.{seconds}.{body}");
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed)))}";
    }

    public async Task Send(DeliveryRow delivery, WebhookRow webhook, CancellationToken cancellationToken)
    {
        var (status, fault, isFinal) = await Try(delivery, webhook, cancellationToken);
        await _store.Note(delivery.Id, row => Note(row, status, fault, isFinal), cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private void Note(DeliveryRow row, int? status, string? fault, bool isFinal)
    {
        row.Attempts++;
        (row.Status, row.Fault) = (status, fault is { Length: > LongestFault } ? fault[..LongestFault] : fault);
        row.State = fault is null ? DeliveryState.Delivered : isFinal || row.Attempts > _options.WebhookRetries ? DeliveryState.GivenUp : DeliveryState.Waiting;
        row.NextAt = _time.GetUtcNow() + TimeSpan.FromSeconds(_options.WebhookRetrySeconds * Math.Pow(Growth, row.Attempts - 1));
    }

    private async Task<(int? Status, string? Fault, bool IsFinal)> Try(DeliveryRow delivery, WebhookRow webhook, CancellationToken cancellationToken)
    {
        var (id, seconds) = ($"msg_{delivery.Id:N}", _time.GetUtcNow().ToUnixTimeSeconds());
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new StringContent(delivery.Body, Encoding.UTF8, "application/json") };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", Signature(webhook.Secret, id, seconds, delivery.Body));
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var isGone = response.StatusCode == HttpStatusCode.Gone;
            return ((int)response.StatusCode, response.IsSuccessStatusCode ? null : $"It answers with {(int)response.StatusCode}.", isGone);
        }
        catch (HttpRequestException refused) when (PublicConnection.WasRefused(refused))
        {
            return (null, "The address lies in a private network: set Api:AllowPrivateWebhooks to allow that.", true);
        }
        catch (HttpRequestException fault)
        {
            return (null, fault.Message, false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"It took longer than {Longest.TotalSeconds} seconds.", false);
        }
    }
}
