namespace GrokVerify.Tasks;

/// <summary>How the list of all pairs was put in order before the first of them were taken to train on.</summary>
public enum PairShuffle
{
    /// <summary><c>random.seed(seed); random.shuffle(pairs)</c> of CPython: the authors' released code, and all training here.</summary>
    Python,

    /// <summary><c>torch.manual_seed(seed); torch.randperm(p * p)</c> on the CPU: TransformerLens' demonstration, and much that came after it.</summary>
    Torch,
}

/// <summary>The words for <see cref="PairShuffle"/>, in files and on the command line.</summary>
internal static class PairShuffles
{
    /// <summary>"python" or "torch".</summary>
    public static string Word(this PairShuffle shuffle) => shuffle == PairShuffle.Torch ? "torch" : "python";

    /// <summary>Null for another word.</summary>
    public static PairShuffle? Of(string? word) => word switch
    {
        "python" => PairShuffle.Python,
        "torch" => PairShuffle.Torch,
        _ => null,
    };
}
