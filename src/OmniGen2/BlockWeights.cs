namespace OmniGen2;

/// <summary>How the linear layers of the transformer's and the language model's blocks, nearly all of the weights, are kept in memory.</summary>
public enum BlockWeights
{
    /// <summary>In the numbers that the networks compute in; exact.</summary>
    Full,

    /// <summary>
    /// In 8 bits with a scale for each output, made when the checkpoint is loaded; on the CPU. Half of bf16's memory and about twice its speed, but pictures and answers
    /// differ a little. Embeddings, norms, modulation, heads, the vision tower and the autoencoder stay as they are: they are small or run once, and everything passes through them.
    /// </summary>
    Int8,

    /// <summary>
    /// The same layers in fp8 (e4m3) with a scale for each output, made when the checkpoint is loaded; on GPUs of compute capability 8.9 and more. Half of bf16's memory,
    /// and products that such a GPU computes at twice bf16's rate; pictures and answers differ more than with <see cref="Int8"/>.
    /// </summary>
    Float8,
}
