using System.Net;
using System.Net.Sockets;

namespace OmniGen2.Web.Api.OpenAi;

/// <summary>Tells addresses of the public Internet from those of this machine and its networks.</summary>
public static class PublicAddress
{
    // As listed by IANA as not globally reachable, with multicast and what is kept for the future.
    private static readonly IPNetwork[] Closed4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(x => IPNetwork.Parse(x)),
    ];

    // Only this part of IPv6 is given out; of it, the ways through to IPv4 and the examples are left out.
    private static readonly IPNetwork Open6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] Closed6 = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(x => IPNetwork.Parse(x))];

    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetwork
            ? !Closed4.Any(x => x.Contains(plain))
            : Open6.Contains(plain) && !Closed6.Any(x => x.Contains(plain));
    }
}
