namespace OmniGen2.Cli.Shell;

/// <summary>Options that do not fit together, or do not fit the files they name: found before any work is done.</summary>
internal sealed class UsageException(string message) : Exception(message);
