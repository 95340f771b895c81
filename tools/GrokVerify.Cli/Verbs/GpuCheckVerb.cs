using System.CommandLine;
using GrokVerify.Cli.GpuChecks;
using GrokVerify.Cli.Options;
using GrokVerify.Cli.Reports;
using GrokVerify.Cli.Running;
using GrokVerify.Exact.Gpu.Devices;
using GrokVerify.LibTorch;

namespace GrokVerify.Cli.Verbs;

/// <summary>gpu-check: whether this machine's GPU gives the exact engine's bits, and how fast.</summary>
internal static class GpuCheckVerb
{
    public static Command Create(CommandContext context)
    {
        var command = new Command(
            "gpu-check",
            """
            Tells whether this machine's GPU gives the exact engine's bits, and how fast it is: golden hashes of two runs, odd settings against the processor, the time of a step for one network and for sixty-four, and sixty-four seeds of the paper's network until they have grokked. One table.

            A libtorch with CUDA, where GROKVERIFY_LIBTORCH names one, is timed beside it.
            """);
        Option<bool> emulated = OptionFactory.Switch("--emulated", "Without a GPU: the same on tiny networks, the kernels run thread by thread on the processor");
        command.Options.Add(emulated);
        command.SetAction(parsed =>
        {
            bool isEmulated = parsed.GetValue(emulated);
            using GpuDevice device = isEmulated ? GpuDevice.Emulated() : GpuDevice.Open();
            bool isLibTorchLoaded = !isEmulated && TryLoadLibTorch(context);
            DirectoryInfo store = Directory.CreateTempSubdirectory("grokverify-gpu-check-");
            try
            {
                GpuCheckRow[] rows = ProgressDisplay.Run(context.Console, "checking", display =>
                    new GpuCheck(device, isEmulated ? GpuCheckScale.Emulated : GpuCheckScale.OfGpu, isLibTorchLoaded, store.FullName, display).Rows(context.Interruption).ToArray());
                ConsoleTables.Show(context.Console, Table(rows));
                return rows.All(row => row.IsRight != false) ? ExitCode.Done : ExitCode.Failed;
            }
            finally
            {
                store.Delete(recursive: true);
            }
        });
        return command;
    }

    private static ReportTable Table(GpuCheckRow[] rows) => new(
        "The exact engine on this GPU",
        [ReportColumn.Text("what"), ReportColumn.Text(""), ReportColumn.Text("found")],
        [.. rows.Select(row => new[] { row.What, row.IsRight switch { true => "ok", false => "WRONG", null => "" }, row.Found })]);

    /// <summary>What it is timed beside is no part of the check.</summary>
    private static bool TryLoadLibTorch(CommandContext context)
    {
        try
        {
            EngineFactories.RequireLibTorch(context);
            return true;
        }
        catch (LibTorchUnavailableException unavailable)
        {
            context.Warn($"TorchEngine is not timed: {unavailable.Message.ReplaceLineEndings(" ")}");
            return false;
        }
    }
}
