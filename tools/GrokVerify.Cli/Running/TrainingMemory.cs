using System.Globalization;
using GrokVerify.Cli.Options;
using GrokVerify.Engines;
using GrokVerify.Exact.Buffers;
using GrokVerify.Exact.Products;
using GrokVerify.Model;

namespace GrokVerify.Cli.Running;

/// <summary>What a training needs of memory, told before anything is allocated: a system that lends more than it has ends the program without a word.</summary>
internal static class TrainingMemory
{
    /// <summary>Values of the largest array that .NET makes, less room to align it.</summary>
    private static readonly long LargestArray = Array.MaxLength - (1 << 20);

    /// <exception cref="UsageException">The machine does not have it, or no array can be so large.</exception>
    public static void Require(TrainingConfig config, EngineChoice engine, long available)
    {
        (long need, long table) = Of(config, engine.Kind);
        bool isTooLarge = engine.Kind == EngineKind.Exact && (engine.Device == TrainingDevice.Cuda ? need / sizeof(float) : table) > LargestArray;
        if (isTooLarge || need > available)
        {
            string limit = isTooLarge ? "more than its tables can hold" : $"and this machine has {Gigabytes(available)}";
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture,
                $"--d-model {config.Model.DModel} --heads {config.Model.Heads} --d-mlp {config.Model.DMlp}: the training needs {Gigabytes(need)} of memory, {limit}; give fewer heads or neurons, or a smaller width"));
        }
    }

    /// <summary>Bytes, and the values of the largest array. Of libtorch, which allocates as it goes, what it needs at least.</summary>
    public static (long Bytes, long LargestArray) Of(TrainingConfig config, EngineKind engine)
    {
        TransformerConfig model = engine == EngineKind.Exact ? new ZeroMlp(config.Model).Network : config.Model;
        long parameters = new ParameterLayout(config.Model).Count;
        long trainPairs = (long)(config.TrainFraction * config.Model.Prime * config.Model.Prime);

        // Weights and both moments as they are read, as they are captured, and where each lies in the engine.
        long kept = 7 * parameters;
        (long values, long table) = engine == EngineKind.Exact ? OfExact(model, (int)trainPairs) : (OfTorch(model, trainPairs), 0);
        return (sizeof(float) * (kept + values), table);
    }

    /// <summary>The matrices of <see cref="Workspace"/> and of four <see cref="ParameterPanels"/> that grow with the product of two widths.</summary>
    private static (long Values, long Table) OfExact(TransformerConfig model, int trainPairs)
    {
        int room = Math.Max(trainPairs, 8 * Workspace.BlockPairs);
        int d = model.DModel;
        int heads = ParameterPanels.PaddedHeads(model);
        int tokens = 2 * model.Prime;
        int outputs = (PanelMatrix.PanelCount(model.DMlp) * PanelMatrix.Width) + model.VocabularySize;
        long Matrices(params (int Rows, int Columns)[] shapes) => shapes.Sum(shape => (long)PanelMatrix.Size(shape.Rows, shape.Columns));
        long parameters = Matrices((model.VocabularySize, d), (d, d), (d, d), (d, heads), (d, d), (d, model.DMlp), (model.DMlp, d), (model.VocabularySize, d));
        long transposed = Matrices((d, model.VocabularySize), (model.DMlp, d), (d, heads), (d, model.DMlp), (heads, d));
        long attention = Matrices((d, outputs), (outputs, heads), (d, outputs));
        long mlp = Matrices((model.DMlp, model.VocabularySize), (model.VocabularySize, model.DMlp), (model.DMlp, model.VocabularySize));
        long byToken = Matrices((tokens, d), (tokens, d), (tokens, heads), (tokens, heads), (tokens, model.Heads), (tokens, model.Heads));
        long byHead = Matrices((model.Heads, d), (d, model.Heads), (model.Heads, d), (d, model.Heads), (model.Heads, d), (model.Heads, d));
        long byPair = Matrices((room, model.DMlp), (room, outputs)) + (4L * room * model.Heads) + (2L * PanelMatrix.PanelCount(model.DMlp) * room);
        long table = Matrices((model.Heads * tokens, outputs));
        return ((4 * parameters) + transposed + attention + mlp + byToken + byHead + byPair + (2 * table), table);
    }

    /// <summary>Weights, gradient and moments; and activations and their gradients for the train pairs.</summary>
    private static long OfTorch(TransformerConfig model, long trainPairs) =>
        (4L * new ParameterLayout(model).Count) + (2 * trainPairs * model.Layers * ((3L * model.DModel) + model.Heads + (model.AttentionOnly ? 0 : model.DMlp))) + (2 * trainPairs * model.VocabularySize);

    private static string Gigabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB");
}
