using static TorchSharp.torch;

namespace OmniGen2.Evaluation.Parity;

/// <summary>One thing that the original did and that is done again here.</summary>
public sealed class ParityCase
{
    private readonly Action<CaseChecks> _compare;

    internal ParityCase(string name, Action<CaseChecks> compare)
    {
        Name = name;
        _compare = compare;
    }

    /// <summary>Folder and file, as in the recorded set.</summary>
    public string Name { get; }

    /// <summary>Does it again and compares. Whatever goes wrong is a result with a sentence: one broken file must not hide the others.</summary>
    public ParityResult Run()
    {
        var checks = new CaseChecks();
        try
        {
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            _compare(checks);
            return new ParityResult(checks.Records);
        }
        catch (AbsentFolderException e)
        {
            return ParityResult.Absent(e.Folder);
        }
        catch (ModelException e)
        {
            return ParityResult.Failed(e.Message);
        }
        catch (Exception e)
        {
            return ParityResult.Failed($"{e.GetType().Name}: {e.Message.Split('\n')[0].Trim()}");
        }
    }
}
