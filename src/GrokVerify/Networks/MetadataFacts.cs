using System.Globalization;
using GrokVerify.Formats;
using GrokVerify.Runs;

namespace GrokVerify.Networks;

/// <summary>
/// The tensors of a safetensors file that is no checkpoint of ours, and what its metadata say: texts under the same keys as in PyTorch files.
/// Moments are found under the names that checkpoints have them, which stay when another program saves a checkpoint again.
/// </summary>
internal static class MetadataFacts
{
    public const string Beta1Key = "beta1";
    public const string Beta2Key = "beta2";
    public const string EpsilonKey = "eps";

    /// <summary>The tensors of the network itself, without the prefix that stands before its embedding's name.</summary>
    /// <exception cref="CheckpointException">Two names differ in the prefix alone.</exception>
    public static StoredTensors Tensors(SafetensorsFile file)
    {
        SafetensorsTensor[] own = [.. file.Tensors.Values
            .Where(tensor => !tensor.Name.StartsWith(Checkpoint.FirstMomentPrefix, StringComparison.Ordinal) && !tensor.Name.StartsWith(Checkpoint.SecondMomentPrefix, StringComparison.Ordinal))
            .OrderBy(tensor => tensor.Begin)];
        string prefix = own.Select(tensor => EmbeddingName.Prefix(tensor.Name)).OfType<string>().FirstOrDefault() ?? "";
        return StoredTensors.WithoutPrefix(file.Path, prefix, own.Select(tensor => new StoredTensor(tensor.Name, tensor.Shape, () => file.ReadSingles(tensor.Name))));
    }

    /// <summary>The optimiser's moments.</summary>
    /// <returns>Null with the reason where they are not all there in the shapes of the network.</returns>
    public static (OptimizerMoments? Moments, string? Absence) Moments(SafetensorsFile file, LayoutReader layout)
    {
        bool IsThere(string prefix) => layout.Learned.All(tensor =>
            file.Tensors.TryGetValue(prefix + tensor.Name, out SafetensorsTensor? found)
            && found.Shape.SequenceEqual(layout.Shape(tensor).Select(extent => (long)extent)));
        float[] Buffer(string prefix) => layout.ReadBuffer(tensor => file.ReadSingles(prefix + tensor.Name));
        return IsThere(Checkpoint.FirstMomentPrefix) && IsThere(Checkpoint.SecondMomentPrefix)
            ? (new OptimizerMoments(Buffer(Checkpoint.FirstMomentPrefix), Buffer(Checkpoint.SecondMomentPrefix)), null)
            : (null, file.Tensors.Keys.Any(name => name.StartsWith(Checkpoint.FirstMomentPrefix, StringComparison.Ordinal))
                ? "the optimiser's moments in the file are not those of all of the network's tensors"
                : "the file holds the weights alone");
    }

    /// <param name="file">The file.</param>
    /// <param name="prime">p, as the shapes have it.</param>
    /// <exception cref="CheckpointException">The metadata name something that is not supported, or another p.</exception>
    public static NetworkFacts Read(SafetensorsFile file, int prime)
    {
        ConfigCheck.Require(file.Path, key => file.Metadata.TryGetValue(key, out string? text) ? (true, Value(text)) : (false, null));
        if (Whole(file, "p") is long p && p != prime)
        {
            throw PickledFacts.OtherPrime(file.Path, p, prime);
        }

        double? fraction = PickledFacts.FractionKeys.Select(key => Number(file, key)).FirstOrDefault(value => value is > 0 and < 1);
        long? seed = Whole(file, "seed");
        return new NetworkFacts
        {
            Epoch = Whole(file, PickledFacts.StepsKey) is long steps and >= 0 ? steps : null,
            TrainFraction = seed is null ? null : fraction,
            Seed = fraction is null ? null : seed,
            WeightDecay = Number(file, "weight_decay"),
            LearningRate = Number(file, "lr"),
            Beta1 = Number(file, Beta1Key),
            Beta2 = Number(file, Beta2Key),
            Epsilon = Number(file, EpsilonKey),
            TrainLoss = Number(file, PickledFacts.TrainLossKey),
            TestLoss = Number(file, PickledFacts.TestLossKey),
            Config = file.Metadata.TryGetValue(PickledFacts.OwnConfigKey, out string? json) ? OwnConfig.Parse(file.Path, json) : null,
        };
    }

    /// <summary>What a text stands for, as Python or JSON print it.</summary>
    private static object? Value(string text) => text switch
    {
        "None" or "null" => null,
        "True" or "true" => true,
        "False" or "false" => false,
        _ => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : text,
    };

    private static double? Number(SafetensorsFile file, string key) =>
        file.Metadata.TryGetValue(key, out string? text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;

    private static long? Whole(SafetensorsFile file, string key) =>
        file.Metadata.TryGetValue(key, out string? text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;
}
