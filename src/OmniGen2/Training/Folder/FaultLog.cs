namespace OmniGen2.Training.Folder;

/// <summary>Lines and pictures that cannot be used: each is written down once, and too many end the training. Any thread may report.</summary>
/// <param name="limit">How many are borne.</param>
/// <param name="path">The file that names them all; begun anew.</param>
internal sealed class FaultLog(int limit, string path)
{
    private const int Shown = 5;

    private readonly List<string> _faults = [];

    public int Count
    {
        get
        {
            lock (_faults)
            {
                return _faults.Count;
            }
        }
    }

    /// <summary>The first ones, for messages.</summary>
    public string First
    {
        get
        {
            lock (_faults)
            {
                return string.Join(Environment.NewLine, _faults.Take(Shown));
            }
        }
    }

    /// <param name="place">List and line.</param>
    /// <param name="why">A sentence without the place.</param>
    public void Add(string place, string why)
    {
        lock (_faults)
        {
            _faults.Add($"{place}: {why}");
            Write();
            if (_faults.Count > limit)
            {
                throw new ModelException(
                    $"{_faults.Count} samples cannot be used and data.max_bad allows {limit}: mend or remove them, or raise the limit. The first of them:{Environment.NewLine}{First}");
            }
        }
    }

    private void Write()
    {
        try
        {
            if (_faults.Count == 1)
            {
                File.Delete(path);
            }

            File.AppendAllText(path, $"{_faults[^1]}{Environment.NewLine}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{path} cannot be written: {e.Message}", e);
        }
    }
}
