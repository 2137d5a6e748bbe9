using System.Text.Json;
using Microsoft.Extensions.Options;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.History;

/// <summary>The rules that count: those of the file rules.json in the data folder, and while there is none those of the settings.</summary>
public sealed class RuleBook
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    private readonly string _file;
    private readonly StudioRules _settings;
    private volatile StudioRules _current;

    public RuleBook(DataFolder folder, IOptions<StudioOptions> studio, IOptions<BackupOptions> backup, IOptions<QuotaOptions> quotas)
    {
        _file = Path.Combine(folder.Root, "rules.json");
        _settings = StudioRules.Of(studio.Value, backup.Value, quotas.Value);
        _current = Read();
    }

    public StudioRules Current => _current;

    /// <summary>Somebody changed them here, and the settings do not count.</summary>
    public bool IsChanged => !ReferenceEquals(_current, _settings);

    /// <summary>From now on, over restarts too. Rules that cannot be, or not be written, are a <see cref="ModelException"/>, and nothing changes.</summary>
    internal void Change(StudioRules rules)
    {
        rules.Check();
        Write(() => DataFolder.WriteWhole(_file, JsonSerializer.SerializeToUtf8Bytes(rules, Format)));
        _current = rules;
    }

    /// <summary>From now on the settings count again.</summary>
    internal void Forget()
    {
        Write(() => File.Delete(_file));
        _current = _settings;
    }

    private void Write(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{_file} cannot be written ({error.Message.TrimEnd('.')}): the rules stay as they were.", error);
        }
    }

    private StudioRules Read()
    {
        if (!File.Exists(_file))
        {
            return _settings;
        }

        try
        {
            var rules = JsonSerializer.Deserialize<StudioRules>(File.ReadAllBytes(_file)) ?? throw new JsonException("The file is empty.");
            rules.Check();
            return rules;
        }
        catch (Exception error) when (error is JsonException or ModelException)
        {
            throw new ModelException($"{_file} cannot be read ({error.Message.TrimEnd('.')}): mend it, or delete it to go by the settings.", error);
        }
    }
}
