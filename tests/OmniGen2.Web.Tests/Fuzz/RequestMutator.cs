using System.Text;
using System.Text.RegularExpressions;
using OmniGen2.Imaging;
using OmniGen2.Web.Tests.Api.OpenAi;

namespace OmniGen2.Web.Tests.Fuzz;

/// <summary>Makes requests that are almost right, the same ones for the same seed.</summary>
internal sealed partial class RequestMutator(IReadOnlyList<(string Method, string Pattern)> routes, Guid known, int seed)
{
    private static readonly string[] Words =
    [
        "", "null", "0", "-1", "1e308", "9223372036854775808", "../../../etc/passwd", "%2e%2e%2f", "\0", "\ud83d\ude00", "' OR 1=1 --", "<script>alert(1)</script>",
        "{{7*7}}", "http://169.254.169.254/", "file:///etc/passwd", "board:\"", "tag:\u0001", "rating:>=", "NaN", "true", "[]", "AAAA", "\"", "\\u0000",
    ];

    private static readonly string[] Bodies =
    [
        """{"prompt":"a red star","count":1,"steps":2,"seed":1}""",
        """{"prompt":"a red star","n":1,"size":"64x64","num_inference_steps":2,"stream":false,"partial_images":1}""",
        """{"messages":[{"role":"user","text":"hello","pictures":[]}]}""",
        """{"messages":[{"role":"user","content":[{"type":"text","text":"hello"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}]}""",
        """{"input":"hello","tools":[{"type":"image_generation"}]}""",
        """{"rating":3,"isStarred":true}""", """{"name":"Shapes"}""", """{"url":"http://127.0.0.1/"}""", """["00000000-0000-0000-0000-000000000001"]""", "[]", "{}",
    ];

    private static readonly byte[][] Files = [Calling.Picture(format: ImageFormat.Png), Calling.Picture(format: ImageFormat.Jpeg), Calling.Picture(format: ImageFormat.WebP)];

    private static readonly IReadOnlyDictionary<string, string> EditFields = new Dictionary<string, string>
    {
        ["prompt"] = "make it blue",
        ["size"] = "64x64",
        ["num_inference_steps"] = "2",
        ["n"] = "1",
        ["stream"] = "false",
        ["quality"] = "low",
        ["partial_images"] = "1",
    };

    private readonly Random _random = new(seed);

    /// <summary>Forms that pages showed, by page; their posts are among the requests.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Forms { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>();

    public HttpRequestMessage Next()
    {
        if (Forms.Count > 0 && _random.Next(5) == 0)
        {
            var (page, fields) = Forms.ElementAt(_random.Next(Forms.Count));
            return new HttpRequestMessage(HttpMethod.Post, page) { Content = Filled(fields) };
        }

        var (method, pattern) = routes[_random.Next(routes.Count)];
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Path(pattern) + Query(), UriKind.Relative));
        if (_random.Next(6) == 0)
        {
            request.Headers.TryAddWithoutValidation(Pick("Last-Event-ID", "Idempotency-Key", "Range", "If-None-Match", "Authorization", "Origin", "Cookie", "Accept"), Word().Replace("\0", "", StringComparison.Ordinal));
        }

        if (method is not ("GET" or "HEAD" or "DELETE"))
        {
            request.Content = Body(pattern);
        }

        return request;
    }

    private string Path(string pattern) => Parameter().Replace(pattern, _ => _random.Next(3) > 0 ? known.ToString() : Uri.EscapeDataString(Word().Replace("\0", "", StringComparison.Ordinal)));

    private string Query()
    {
        if (_random.Next(3) > 0)
        {
            return "";
        }

        var name = Pick("search", "order", "limit", "cursor", "start", "state", "keep", "to", "format", "parameters", "v", "name", "before", "newSeed");
        return $"?{name}={Uri.EscapeDataString(Word())}";
    }

    /// <summary>Of the kind that the route takes, three times in four.</summary>
    private ByteArrayContent Body(string pattern)
    {
        var usual = pattern switch
        {
            _ when pattern.EndsWith("/edits", StringComparison.Ordinal) => 0,
            "/uploads" or "/api/settings" => 1,
            _ => 2,
        };
        return (_random.Next(4) == 0 ? _random.Next(3) : usual) switch
        {
            0 => Multipart(),
            1 => Raw(Spoil(Pick(Files)), Pick("image/png", "application/octet-stream", "image/jpeg", "text/plain", "application/json")),
            _ => Raw(Spoil(Encoding.UTF8.GetBytes(Pick(Bodies))), Pick("application/json", "application/json", "application/json", "application/json; charset=utf-7", "text/plain")),
        };
    }

    /// <summary>Pictures and fields, some of them odd, and now and then broken as a whole.</summary>
    private ByteArrayContent Multipart()
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in EditFields.Where(x => x.Key == "prompt" || _random.Next(2) == 0))
        {
            form.Add(new StringContent(_random.Next(5) == 0 ? Word() : value), name);
        }

        for (var i = _random.Next(7); i > 0; i--)
        {
            form.Add(new ByteArrayContent(Spoil(Pick(Files))), Pick("image", "image", "image[]", "image[]", "mask", "images"), Pick("x.png", "../../x", "x y", "x.php"));
        }

        using var copy = new MemoryStream();
        form.CopyTo(copy, null, CancellationToken.None);
        return Raw(_random.Next(4) == 0 ? Spoil(copy.ToArray()) : copy.ToArray(), _random.Next(20) == 0 ? "multipart/form-data" : form.Headers.ContentType!.ToString());
    }

    /// <summary>What makes a form count mostly stays; the rest is filled in somehow.</summary>
    private FormUrlEncodedContent Filled(IReadOnlyDictionary<string, string> fields) => new(
        from field in fields
        where _random.Next(20) > 0
        let isMark = field.Key.StartsWith('_')
        select new KeyValuePair<string, string>(field.Key, isMark && _random.Next(20) > 0 ? field.Value : _random.Next(3) == 0 ? $"{Word()}@studio.lan" : Word()));

    private static ByteArrayContent Raw(byte[] body, string type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    /// <summary>Some bytes changed, taken out, doubled or put in; sometimes none.</summary>
    private byte[] Spoil(byte[] body)
    {
        var bytes = body.ToList();
        for (var i = _random.Next(4); i > 0 && bytes.Count > 0; i--)
        {
            var at = _random.Next(bytes.Count);
            switch (_random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)_random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(_random.Next(1, 20), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.Skip(at).Take(_random.Next(40)).ToList());
                    break;
                case 3:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Word()));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }

    private string Word() => Pick(Words);

    private T Pick<T>(params T[] all) => all[_random.Next(all.Length)];

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
