using System.Net;
using System.Net.Http.Headers;
using OmniGen2.Reflection;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Jobs.Checking;

/// <summary>
/// An OpenAI-compatible service that looks at pictures. Whatever goes wrong there costs the verdict, never the picture, and what it says is only
/// ever text.
/// </summary>
public sealed class ServiceJudge(HttpClient http, JudgeOptions options, TimeProvider time) : IJudge
{
    // How soon a stop is noticed, and how long the model's thread rests meanwhile.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(30);

    private readonly Uri _address = new($"{options.Url!.TrimEnd('/')}/chat/completions");

    public string Name => options.Model!;

    public IEnumerable<Verdict?> Judge(JudgedPicture picture)
    {
        using var left = new CancellationTokenSource();
        var asking = Ask(picture, left.Token);
        try
        {
            while (!asking.IsCompleted)
            {
                Task.WaitAny([asking], Look);
                yield return null;
            }

            yield return asking.GetAwaiter().GetResult();
        }
        finally
        {
            left.Cancel();
        }
    }

    private async Task<Verdict> Ask(JudgedPicture picture, CancellationToken left)
    {
        var body = JudgeMessages.Request(picture, options.Model!);
        for (var attempt = 0; ; attempt++)
        {
            var (verdict, fault, retryAfter) = await Try(picture, body, left);
            if (verdict is not null)
            {
                return verdict;
            }

            if (retryAfter is null || attempt >= options.Retries || left.IsCancellationRequested)
            {
                return Verdict.Without($"The judge at {_address.Host} gave no verdict: {fault}.");
            }

            await Task.Delay(Rest(attempt, retryAfter.Value), time, left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Twice as long each time, and never sooner than the service asks for.</summary>
    private TimeSpan Rest(int attempt, TimeSpan asked)
    {
        var own = TimeSpan.FromSeconds(options.RetrySeconds * Math.Pow(2, attempt) * (1 + Random.Shared.NextDouble() / 4));
        var rest = own > asked ? own : asked;
        return rest < LongestRest ? rest : LongestRest;
    }

    /// <summary>A verdict; or what went wrong, and how long to rest before trying again, null where that would not help.</summary>
    private async Task<(Verdict? Verdict, string Fault, TimeSpan? RetryAfter)> Try(JudgedPicture picture, string body, CancellationToken left)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(options.TimeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(left, late.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new StringContent(body, new MediaTypeHeaderValue("application/json")) };
            if (!string.IsNullOrEmpty(options.ApiKey))
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
            }

            using var response = await http.SendAsync(request, either.Token);
            var text = await response.Content.ReadAsStringAsync(either.Token);
            return response.IsSuccessStatusCode
                ? (JudgeMessages.Read(picture, text, options), "", null)
                : (null, $"it answered {(int)response.StatusCode}", MayHelp(response.StatusCode) ? response.Headers.RetryAfter?.Delta ?? TimeSpan.Zero : null);
        }
        catch (OperationCanceledException)
        {
            return (null, $"it was silent for {options.TimeoutSeconds:0.#} s", TimeSpan.Zero);
        }
        catch (HttpRequestException error)
        {
            return (null, error.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded ? "its answer is too long" : "it cannot be reached", TimeSpan.Zero);
        }
    }

    private static bool MayHelp(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;
}
