using System.Globalization;
using GrokVerify.Engines;
using GrokVerify.Loop;
using GrokVerify.Tasks;

namespace GrokVerify.Judging;

/// <summary>The command that trains a run again.</summary>
internal static class ReplayCommand
{
    private static readonly TrainingConfig Defaults = new();

    /// <param name="plan">What was planned.</param>
    /// <param name="engine">The name of the engine that trained it.</param>
    public static string Of(PlannedRun plan, string engine = "exact") => string.Join(' ', ["dotnet run --project tools/GrokVerify.Cli -- train", .. Options(plan.Config), .. Options(plan.Schedule), .. Engine(engine)])
        + (plan.Teacher is not null ? $" --teacher RUN (the folder of: {Of(plan.Teacher, engine)})"
            : plan.Config.Teacher is { } teacher ? $" --teacher NETWORK (the one whose weights have the SHA-256 {teacher.Sha256})" : "")
        + (plan.From is null ? "" : $"{(plan.At is long epoch ? Text($" --at {epoch}") : "")} --from RUN (the folder of: {Of(plan.From, engine)})");

    private static IEnumerable<string> Options(TrainingConfig config)
    {
        yield return Text($"--p {config.Model.Prime} --fraction {config.TrainFraction} --weight-decay {config.WeightDecay} --seed {config.Seed}");
        if (config.Model with { Prime = Defaults.Model.Prime } != Defaults.Model)
        {
            string layers = (config.Model.AttentionOnly ? " --attention-only" : Text($" --d-mlp {config.Model.DMlp}")) + (config.Model.Layers > 1 ? Text($" --layers {config.Model.Layers}") : "");
            yield return Text($"--d-model {config.Model.DModel} --heads {config.Model.Heads}{layers}");
        }

        if (config.LabelRule == LabelRule.Shuffled)
        {
            yield return "--labels shuffled";
        }

        if (config.WrongLabels is double wrong)
        {
            yield return Text($"--wrong-labels {wrong}");
        }

        if (config.SwappedPairs)
        {
            yield return "--swapped-pairs";
        }

        foreach ((string option, double value, double usual) in new[]
        {
            ("--lr", config.LearningRate, Defaults.LearningRate), ("--beta1", config.Beta1, Defaults.Beta1), ("--beta2", config.Beta2, Defaults.Beta2),
            ("--eps", config.Epsilon, Defaults.Epsilon), ("--warm-up", config.WarmUpSteps, Defaults.WarmUpSteps),
        })
        {
            if (value != usual)
            {
                yield return Text($"{option} {value}");
            }
        }

        if (config.LossForm != Defaults.LossForm)
        {
            yield return $"--loss {config.LossForm.ToString().ToLowerInvariant()}";
        }

        if (config.InitialScale is double scale)
        {
            yield return Text($"--initial-scale {scale}");
        }

        if (config.ConstantNorm)
        {
            yield return "--constant-norm";
        }

        if (config.KeepZeros)
        {
            yield return "--keep-zeros";
        }

        if (config.Grokfast is Grokfast grokfast)
        {
            yield return Text($"--grokfast {grokfast.Alpha},{grokfast.Lambda}");
        }

        if (config.PerpendicularGradient)
        {
            yield return "--perpendicular-gradient";
        }

        if (config.FrequencyDecay is FrequencyDecay decay)
        {
            yield return Text($"--frequencies {string.Join(',', decay.Frequencies)} --frequency-decay {decay.WeightDecay}");
        }
    }

    private static IEnumerable<string> Options(TrainingSchedule schedule)
    {
        yield return Text($"--epochs {schedule.Epochs}");
        if (schedule.UntilGrokked)
        {
            yield return "--until-grokked";
        }

        yield return Text($"--log-every {schedule.LogEvery} --checkpoint-every {schedule.CheckpointEvery}");
    }

    private static string[] Engine(string name) =>
        !name.StartsWith("torch", StringComparison.Ordinal) ? [] : name.Contains("cuda", StringComparison.Ordinal) ? ["--engine torch --device cuda"] : ["--engine torch"];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
