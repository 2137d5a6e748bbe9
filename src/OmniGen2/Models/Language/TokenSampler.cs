namespace OmniGen2.Models.Language;

/// <summary>Chooses the next token from the logits: repetition penalty, temperature, top-k, top-p, draw.</summary>
public sealed class TokenSampler
{
    private readonly GenerationOptions _options;
    private readonly HashSet<int> _seen;
    private ulong _random;

    public TokenSampler(GenerationOptions options, IEnumerable<int> promptIds)
    {
        _options = options;
        _seen = [.. promptIds, .. options.AlsoSeen];
        _random = (ulong)options.Seed;
    }

    /// <summary>Penalises the logits in place, so that the caller can look at what was chosen from.</summary>
    public int Pick(Span<float> logits)
    {
        Penalise(logits);
        var token = _options.IsGreedy ? Largest(logits) : Draw(Candidates(logits));
        _seen.Add(token);
        return token;
    }

    private void Penalise(Span<float> logits)
    {
        var penalty = (float)_options.RepetitionPenalty;
        foreach (var id in _seen)
        {
            logits[id] = logits[id] < 0 ? logits[id] * penalty : logits[id] / penalty;
        }
    }

    private static int Largest(ReadOnlySpan<float> logits)
    {
        var best = 0;
        for (var i = 1; i < logits.Length; i++)
        {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }

    /// <summary>The most likely tokens, best first, with their unnormalised probabilities.</summary>
    private List<(int Id, double Weight)> Candidates(ReadOnlySpan<float> logits)
    {
        var count = _options.TopK == 0 ? logits.Length : Math.Min(_options.TopK, logits.Length);
        var best = new PriorityQueue<int, float>(count);
        for (var i = 0; i < logits.Length; i++)
        {
            if (best.Count < count)
            {
                best.Enqueue(i, logits[i]);
            }
            else
            {
                best.EnqueueDequeue(i, logits[i]);
            }
        }
        var weighted = new List<(int Id, double Weight)>(best.Count);
        var largest = (double)logits[Largest(logits)];
        while (best.TryDequeue(out var id, out var logit))
        {
            weighted.Add((id, Math.Exp((logit - largest) / _options.Temperature)));
        }
        weighted.Reverse();
        return weighted;
    }

    private int Draw(List<(int Id, double Weight)> candidates)
    {
        var kept = candidates.Sum(c => c.Weight) * _options.TopP;
        var (nucleus, mass) = (0, 0.0);
        do
        {
            mass += candidates[nucleus++].Weight;
        }
        while (mass < kept && nucleus < candidates.Count);

        var drawn = NextUnit() * mass;
        var token = 0;
        while (token < nucleus - 1 && drawn >= candidates[token].Weight)
        {
            drawn -= candidates[token++].Weight;
        }
        return candidates[token].Id;
    }

    /// <summary>SplitMix64: the same seed draws the same answer on every machine and runtime.</summary>
    private double NextUnit()
    {
        _random += 0x9E3779B97F4A7C15;
        var z = (_random ^ (_random >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
