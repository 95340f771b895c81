using System.Globalization;
using GrokVerify.Runs;

namespace GrokVerify.Interchange;

/// <summary>
/// The tensors of a safetensors file that is no checkpoint of ours, and what its metadata say: texts under the same keys as in PyTorch files.
/// Moments are found under the names that checkpoints have them, which stay when another program saves a checkpoint again.
/// </summary>
internal static class MetadataFacts
{
    /// <summary>The tensors of the network itself.</summary>
    public static StoredTensors Tensors(SafetensorsFile file) => new(file.Path, [.. file.Tensors.Values
        .Where(tensor => !tensor.Name.StartsWith(Checkpoint.FirstMomentPrefix, StringComparison.Ordinal) && !tensor.Name.StartsWith(Checkpoint.SecondMomentPrefix, StringComparison.Ordinal))
        .OrderBy(tensor => tensor.Begin)
        .Select(tensor => new StoredTensor(tensor.Name, tensor.Shape, () => file.ReadSingles(tensor.Name)))]);

    /// <summary>The optimiser's moments; null where they are not all there in the shapes of the network.</summary>
    public static OptimizerMoments? Moments(SafetensorsFile file, LayoutReader layout)
    {
        bool IsThere(string prefix) => layout.Learned.All(tensor =>
            file.Tensors.TryGetValue(prefix + tensor.Name, out SafetensorsTensor? found)
            && found.Shape.SequenceEqual(layout.Shape(tensor).Select(extent => (long)extent)));
        float[] Buffer(string prefix) => layout.ReadBuffer(tensor => file.ReadSingles(prefix + tensor.Name));
        return IsThere(Checkpoint.FirstMomentPrefix) && IsThere(Checkpoint.SecondMomentPrefix)
            ? new OptimizerMoments(Buffer(Checkpoint.FirstMomentPrefix), Buffer(Checkpoint.SecondMomentPrefix))
            : null;
    }

    /// <exception cref="CheckpointException">The metadata name something that is not supported.</exception>
    public static NetworkFacts Read(SafetensorsFile file)
    {
        ConfigCheck.Require(file.Path, key => key == "fn_name" && file.Metadata.TryGetValue(key, out string? value) ? (true, value) : (false, null));
        double? fraction = Number(file, "frac_train") is double share and > 0 and < 1 ? share : null;
        long? seed = Whole(file, "seed");
        return new NetworkFacts
        {
            Epoch = Whole(file, PickledFacts.StepsKey) is long steps and >= 0 ? steps : null,
            TrainFraction = seed is null ? null : fraction,
            Seed = fraction is null ? null : seed,
            WeightDecay = Number(file, "weight_decay"),
            LearningRate = Number(file, "lr"),
            Config = file.Metadata.TryGetValue(PickledFacts.OwnConfigKey, out string? json) ? OwnConfig.Parse(file.Path, json) : null,
        };
    }

    private static double? Number(SafetensorsFile file, string key) =>
        file.Metadata.TryGetValue(key, out string? text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;

    private static long? Whole(SafetensorsFile file, string key) =>
        file.Metadata.TryGetValue(key, out string? text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;
}
