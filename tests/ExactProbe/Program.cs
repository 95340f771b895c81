// Trains small runs and prints what they were computed with and the SHA-256 of the weights, a line for each epoch asked for.
// Tests start it under other runtime switches and on other processors: a new process is the only way to change those.

using System.Diagnostics;
using System.Globalization;
using GrokVerify.Exact;
using GrokVerify.Exact.Vectors;
using GrokVerify.Engines;

string[][] runs = [.. string.Join(' ', args).Split(" and ").Select(run => run.Split(' '))];
if (runs.Any(run => run.Length < 7))
{
    Console.Error.WriteLine("usage: ExactProbe P FRACTION D_MODEL HEADS D_MLP THREADS EPOCH... [and P FRACTION ...]");
    return 2;
}

Console.WriteLine(MachineVectors.Widest);
foreach (string[] run in runs)
{
    int Number(int index) => int.Parse(run[index], CultureInfo.InvariantCulture);
    var config = new TrainingConfig
    {
        Model = new() { Prime = Number(0), DModel = Number(2), Heads = Number(3), DMlp = Number(4) },
        TrainFraction = double.Parse(run[1], CultureInfo.InvariantCulture),
    };
    using var engine = new ExactEngine(config, TrainingState.Initial(config), Number(5));
    for (int i = 6; i < run.Length; i++)
    {
        while (engine.Epoch < Number(i))
        {
            engine.Step();
        }

        LossAndAccuracy test = engine.Evaluate(config.CreateSplit().Test);
        Console.WriteLine(FormattableString.Invariant($"{engine.Epoch} {engine.Capture().Weights.Sha256()} {BitConverter.DoubleToInt64Bits(test.Loss):x16}"));
    }
}

bool isTorchLoaded = AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.GetName().Name == "TorchSharp");
Console.WriteLine(isTorchLoaded ? "TorchSharp is loaded" : "TorchSharp is not loaded");
Console.WriteLine(FormattableString.Invariant($"MB resident at most {Process.GetCurrentProcess().PeakWorkingSet64 >> 20}"));
return 0;
