namespace OmniGen2.Training.Folder;

/// <summary>A sample whose pictures are there and whose sizes are known; its pixels have not been read yet.</summary>
/// <param name="Number">Through all lists, in their order.</param>
/// <param name="Record">Words and files.</param>
/// <param name="Bucket">Sizes of the references in order, then of the target: samples that can stand in one batch.</param>
internal sealed record FolderSample(long Number, FolderRecord Record, FolderBucket Bucket)
{
    /// <summary>Files and sizes of the references in order, then of the target.</summary>
    public IEnumerable<(string Path, PictureSize Size)> Pictures => Record.InputImages.Append(Record.OutputImage).Zip(Bucket.Sizes);
}

/// <summary>Sizes of a sample's pictures, the target's last; equal where all of them are.</summary>
internal sealed record FolderBucket(IReadOnlyList<PictureSize> Sizes)
{
    public bool Equals(FolderBucket? other) => other is not null && Sizes.SequenceEqual(other.Sizes);

    public override int GetHashCode() => Sizes.Aggregate(0, HashCode.Combine);

    public override string ToString() => string.Join(" + ", Sizes);
}
