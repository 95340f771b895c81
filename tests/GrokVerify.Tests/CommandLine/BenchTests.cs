using System.Diagnostics;
using System.Text.Json.Nodes;
using GrokVerify.Claims.Questions;

namespace GrokVerify.Tests.CommandLine;

/// <summary>Not among the fast tests: a step of the reference takes its time. No time is asserted, so that other tests may run beside it.</summary>
public class BenchTests
{
    [Test]
    public void Bench_measures_every_engine_in_one_run()
    {
        using Process program = ProgramProcess.Start("bench", "--json", "--steps", "1", "--threads", $"{Math.Min(2, Environment.ProcessorCount)}");

        JsonObject json = JsonNode.Parse(program.StandardOutput.ReadToEnd())!.AsObject();
        program.WaitForExit(ProgramProcess.Patience).Should().BeTrue();
        program.ExitCode.Should().Be(0);
        json.Select(member => member.Key).Should().Equal("threads", "p", "train_fraction", "peak_gflops", "engines", "ratios");
        json["engines"]!.AsArray().Should().OnlyContain(engine => engine!.AsObject().Count == 4);

        // One step is one round: the median over rounds is the ratio of the two times.
        double Median(int engine) => json["engines"]![engine]!["ms_per_step_median"]!.GetValue<double>();
        json["engines"]!.AsArray().Select(engine => engine!["name"]!.GetValue<string>()).Should().Equal("reference-cpu-float32", "torch-cpu-float32", "exact-epoch-1000", "exact");
        json["engines"]!.AsArray().Should().OnlyContain(engine => engine!["ms_per_step_min"]!.GetValue<double>() > 0);
        json["engines"]![3]!["product_gflops"]!.GetValue<double>().Should().BePositive();
        json["peak_gflops"]!.GetValue<double>().Should().BePositive();
        json["ratios"]!["exact_vs_reference"]!.GetValue<double>().Should().BeApproximately(Median(0) / Median(3), 1e-9);
        json["ratios"]!["torch_vs_reference"]!.GetValue<double>().Should().BeApproximately(Median(0) / Median(1), 1e-9);
        json["ratios"]!["exact_vs_torch"]!.GetValue<double>().Should().BeApproximately(Median(1) / Median(3), 1e-9);
    }

    [Test]
    [Category("Fast")]
    public void Bench_measures_a_step_of_each_way_to_grok_sooner()
    {
        using Process program = ProgramProcess.Start("bench", "--ways", "--json", "--steps", "1", "--threads", "1");

        JsonObject json = JsonNode.Parse(program.StandardOutput.ReadToEnd())!.AsObject();
        program.WaitForExit(ProgramProcess.Patience).Should().BeTrue();
        program.ExitCode.Should().Be(0);
        JsonArray ways = json["ways"]!.AsArray();
        ways.Select(way => way!["name"]!.GetValue<string>()).Should().Equal([.. SoonerThanTunedAdamW.Ways.Select(way => way.Name).Prepend("AdamW"), "the small network itself"]);
        double AdamW() => ways[0]!["ms_per_step_median"]!.GetValue<double>();
        foreach (JsonNode? way in ways)
        {
            way!["times_adam_w"]!.GetValue<double>().Should().BeApproximately(way["ms_per_step_median"]!.GetValue<double>() / AdamW(), 1e-9, "one step is one round");
        }
    }
}
