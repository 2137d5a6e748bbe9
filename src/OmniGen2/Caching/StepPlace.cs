namespace OmniGen2.Caching;

/// <summary>Where a step stands in its run.</summary>
internal readonly record struct StepPlace(int Index, int Count)
{
    public bool IsEnd => Index == 0 || Index == Count - 1;
}
