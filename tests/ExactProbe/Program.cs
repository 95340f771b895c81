// Trains one small run and prints what it was computed with and the SHA-256 of its weights, a line for each epoch asked for.
// Tests start it under other runtime switches and on other processors: a new process is the only way to change those.

using System.Globalization;
using GrokVerify.Exact;
using GrokVerify.Training;

if (args.Length < 7)
{
    Console.Error.WriteLine("usage: ExactProbe P FRACTION D_MODEL HEADS D_MLP THREADS EPOCH...");
    return 2;
}

int Number(int index) => int.Parse(args[index], CultureInfo.InvariantCulture);
var config = new TrainingConfig
{
    Model = new() { Prime = Number(0), DModel = Number(2), Heads = Number(3), DMlp = Number(4) },
    TrainFraction = double.Parse(args[1], CultureInfo.InvariantCulture),
};
Console.WriteLine(Kernels.Widest);
using var engine = new ExactEngine(config, TrainingState.Initial(config), Number(5));
for (int i = 6; i < args.Length; i++)
{
    while (engine.Epoch < Number(i))
    {
        engine.Step();
    }

    LossAndAccuracy test = engine.Evaluate(config.CreateSplit().Test);
    Console.WriteLine(FormattableString.Invariant($"{engine.Epoch} {engine.Capture().Weights.Sha256()} {BitConverter.DoubleToInt64Bits(test.Loss):x16}"));
}

return 0;
