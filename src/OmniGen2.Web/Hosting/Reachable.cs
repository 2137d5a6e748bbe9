using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace OmniGen2.Web.Hosting;

/// <summary>Under which address others reach the studio when it listens on all of the machine's.</summary>
internal static class Reachable
{
    private static readonly string[] Any = ["0.0.0.0", "[::]", "*", "+"];

    public static string From(string address)
    {
        var binding = BindingAddress.Parse(address);
        return Any.Contains(binding.Host) && OfMachine() is { } host ? $"{binding.Scheme}://{host}:{binding.Port}" : address;
    }

    /// <summary>The first IPv4 address of a network that is up; null when there is none.</summary>
    private static string? OfMachine() =>
        NetworkInterface.GetAllNetworkInterfaces()
            .Where(x => x.OperationalStatus == OperationalStatus.Up && x.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(x => x.GetIPProperties().UnicastAddresses)
            .FirstOrDefault(x => x.Address.AddressFamily == AddressFamily.InterNetwork)?.Address.ToString();
}
