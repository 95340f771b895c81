using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using GrokVerify.Cli.Benchmark;
using GrokVerify.Cli.Options;
using GrokVerify.Cli.Reports;
using GrokVerify.Cli.Running;

namespace GrokVerify.Cli.Verbs;

/// <summary>bench: what a training step costs on every engine.</summary>
internal static class BenchVerb
{
    private const int DefaultSteps = 30;
    private const int MostSteps = 10_000;
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(40);

    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n" };

    public static Command Create(CommandContext context)
    {
        var command = new Command(
            "bench",
            """
            Times a training step of every engine at p = 113, 30% of the pairs, taking turns in one run; and the machine's multiply-add peak.

            The reference is the network as it is usually written, with autograd. Let nothing else run meanwhile.

            The engines take turns in short rounds; a ratio is the median over the rounds of the ratio in each.
            """);
        var threads = new ThreadsOption(command);
        Option<int?> steps = OptionFactory.OptionalNumber<int>("--steps", $"Timed steps of each engine [default: {DefaultSteps}, or as many as fit into {DefaultLimit.TotalSeconds} seconds]");
        Option<bool> json = OptionFactory.Switch("--json", "Print JSON");
        command.Options.Add(steps);
        command.Options.Add(json);
        Option<bool> ways = OptionFactory.Switch("--ways", "Times a step of each way to grok sooner instead, on the exact engine, p = 59, 40% of the pairs");
        command.Options.Add(ways);
        command.SetAction(parsed =>
        {
            int count = parsed.GetValue(steps) ?? DefaultSteps;
            TimeSpan limit = parsed.GetValue(steps) is null ? DefaultLimit : TimeSpan.MaxValue;
            if (count is < 1 or > MostSteps)
            {
                throw new UsageException($"steps = {count} is out of range: give a number from 1 to {MostSteps}");
            }

            int threadCount = threads.Value(parsed);
            TReport Measure<TReport>(Func<int, int, TimeSpan, ProgressDisplay, CancellationToken, TReport> measure) => parsed.GetValue(json)
                ? measure(threadCount, count, limit, ProgressDisplay.Silent, context.Interruption)
                : ProgressDisplay.Run(context.Console, "measuring", display => measure(threadCount, count, limit, display, context.Interruption));
            void Show<TReport>(TReport report, Func<TReport, ReportTable> table)
            {
                if (parsed.GetValue(json))
                {
                    context.Output.WriteLine(JsonSerializer.Serialize(report, Options));
                }
                else
                {
                    ConsoleTables.Show(context.Console, table(report));
                }
            }

            if (parsed.GetValue(ways))
            {
                Show(Measure(WayBench.Measure), Table);
            }
            else
            {
                EngineFactories.RequireLibTorch(context);
                Show(Measure(EngineBench.Measure), Table);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static string Milliseconds(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static ReportTable Table(WayBenchReport report) => new(
        string.Create(CultureInfo.InvariantCulture, $"A training step of each way to grok sooner, {report.Threads} threads"),
        [ReportColumn.Text("way"), ReportColumn.Number("ms, median"), ReportColumn.Number("times AdamW's")],
        [.. report.Ways.Select(way => new[] { way.Name, Milliseconds(way.MsPerStepMedian), Milliseconds(way.TimesAdamW) })]);

    private static ReportTable Table(BenchReport report)
    {
        IEnumerable<string[]> rows = report.Engines.Select(engine => new[]
        {
            engine.Name,
            Milliseconds(engine.MsPerStepMedian),
            Milliseconds(engine.MsPerStepMin),
            engine.TimesReference.ToString("0.0", CultureInfo.InvariantCulture),
            engine.ProductGflops?.ToString("0", CultureInfo.InvariantCulture) ?? "-",
            (engine.ProductGflops / (engine.GpuPeakGflops ?? report.PeakGflops))?.ToString("P0", CultureInfo.InvariantCulture) ?? "-",
        });
        return new ReportTable(
            string.Create(CultureInfo.InvariantCulture, $"A training step, p = {report.P}, fraction {report.TrainFraction}, {report.Threads} threads"),
            [
                ReportColumn.Text("engine"), ReportColumn.Number("ms, median"), ReportColumn.Number("ms, least"), ReportColumn.Number("times the reference's speed"),
                ReportColumn.Number("products, GFLOP/s"), ReportColumn.Number("of peak"),
            ],
            [.. rows],
            string.Create(CultureInfo.InvariantCulture, $"Multiply-add peak {report.PeakGflops:0} GFLOP/s; exact over torch {report.Ratios.ExactVsTorch:0.00}."));
    }
}
