using System.Text;

namespace OmniGen2.Tokenization;

/// <summary>Turns what the files list into tables, and refuses files that do not belong together.</summary>
internal static class VocabularyRules
{
    // A hundred times the largest vocabulary in use: an id above it is a damaged file, not a table to allocate.
    private const int HighestId = 16_777_215;

    /// <summary>The bytes of every token, by id.</summary>
    public static byte[]?[] BytesById(Vocabulary vocabulary, IReadOnlyCollection<AddedToken> added)
    {
        var ids = vocabulary.Entries.Values.Concat(added.Select(token => token.Id));
        var bytes = new byte[]?[ids.Select(id => Checked(vocabulary, id)).DefaultIfEmpty(-1).Max() + 1];
        var known = new Dictionary<string, int>();
        foreach (var token in added)
        {
            known[token.Content] = token.Id;
            Set(token.Id, token.Content, Encoding.UTF8.GetBytes(token.Content));
        }

        foreach (var (entry, id) in vocabulary.Entries)
        {
            // Some files repeat an added token in the vocabulary; it keeps its own bytes.
            if (!known.TryGetValue(entry, out var same) || same != id)
            {
                Set(id, entry, ByteAlphabet.ToBytes(entry) ?? throw Fault(vocabulary, $"the entry '{entry}', which is not written in byte-level BPE's alphabet"));
            }
        }

        return bytes;

        void Set(int id, string name, byte[] value) => bytes[id] = bytes[id] is null ? value : throw Fault(vocabulary, $"two tokens with id {id}, one of them '{name}'");
    }

    /// <summary>The merges by ids. Each must make an entry, and each entry but the single bytes must be made by one.</summary>
    public static BytePairMerges Link(Vocabulary vocabulary, IReadOnlyCollection<AddedToken> added)
    {
        var byteIds = Enumerable.Range(0, 256).Select(value => Find(vocabulary, ByteAlphabet.Symbol((byte)value).ToString(), $"byte {value}")).ToArray();
        var merges = new Dictionary<(int, int), (int Rank, int Id)>(vocabulary.Merges.Count);
        for (var rank = 0; rank < vocabulary.Merges.Count; rank++)
        {
            var (left, right) = vocabulary.Merges[rank];
            var pair = (Find(vocabulary, left, Name(rank)), Find(vocabulary, right, Name(rank)));
            merges.TryAdd(pair, (rank, Find(vocabulary, left + right, Name(rank))));
        }

        var made = merges.Values.Select(merge => merge.Id).Concat(byteIds).Concat(added.Select(token => token.Id)).ToHashSet();
        var stranded = vocabulary.Entries.Where(entry => !made.Contains(entry.Value)).ToList();
        return stranded.Count == 0
            ? new BytePairMerges(byteIds, merges)
            : throw Fault(vocabulary, $"{stranded.Count} entries, first '{stranded[0].Key}', that none of the {vocabulary.Merges.Count} merges makes");

        string Name(int rank) => $"merge {rank + 1} ('{vocabulary.Merges[rank].Left}' with '{vocabulary.Merges[rank].Right}')";
    }

    private static int Find(Vocabulary vocabulary, string entry, string neededBy) => vocabulary.Entries.TryGetValue(entry, out var id)
        ? id
        : throw Fault(vocabulary, $"no entry '{entry}', which {neededBy} needs");

    private static int Checked(Vocabulary vocabulary, int id) => id is >= 0 and <= HighestId
        ? id
        : throw Fault(vocabulary, $"a token with id {id}, outside 0 … {HighestId}");

    private static ModelException Fault(Vocabulary vocabulary, string what) =>
        new($"The vocabulary {vocabulary.Source} has {what}: the tokenizer's files are damaged or of different models; {TokenizerFolder.Remedy}.");
}
