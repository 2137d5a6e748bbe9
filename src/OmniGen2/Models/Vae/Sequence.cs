using static TorchSharp.torch;

namespace OmniGen2.Models.Vae;

/// <summary>Runs parts one after the other and frees what lies between them.</summary>
internal static class Sequence
{
    public static Tensor Run(Tensor input, IEnumerable<Func<Tensor, Tensor>> parts)
    {
        var x = input;
        foreach (var part in parts)
        {
            var next = part(x);
            if (!ReferenceEquals(x, input))
            {
                x.Dispose();
            }

            x = next;
        }

        return x;
    }
}
