using GrokVerify.Exact.Gpu;
using GrokVerify.LibTorch;

namespace GrokVerify.Tests.CommandLine;

[Category("Fast")]
public class BadUsageTests : CommandLineTests
{
    [TestCase("", "no verb given: give one of reproduce, train, analyze, check, expect, report, import, export, search, question, bench")]
    [TestCase("trian", "unknown verb trian: give one of reproduce, train, analyze, check, expect, report, import, export, search, question, bench")]
    [TestCase("train --prime 113", "--prime")]
    [TestCase("train --p 4", "p = 4 is out of range")]
    [TestCase("train --p 3", "p = 3 is out of range")]
    [TestCase("train --p 112", "p = 112 is even")]
    [TestCase("train --p 111", "p = 111 is not prime")]
    [TestCase("train --p 12x", "--p 12x: give a whole number")]
    [TestCase("train --p 99999999999", "--p 99999999999: is out of range; give a whole number from -2147483648 to 2147483647")]
    [TestCase("train --seed 1e3", "--seed 1e3: give a whole number")]
    [TestCase("train --seed 99999999999999999999", "--seed 99999999999999999999: is out of range; give a whole number from -9223372036854775808 to 9223372036854775807")]
    [TestCase("train --weight-decay 1e-400", "--weight-decay 1e-400: is so small that it would be taken for 0; give 0, or a larger number")]
    [TestCase("train --p", "--p")]
    [TestCase("train --fraction 0", "train fraction 0 is out of range")]
    [TestCase("train --fraction 1", "train fraction 1 is out of range")]
    [TestCase("train --fraction NaN", "train fraction NaN is out of range")]
    [TestCase("train --fraction 0,3", "--fraction 0,3: give a number")]
    [TestCase("train --p 5 --fraction 0.01", "leaves no pair to train on")]
    [TestCase("train --weight-decay -1", "weight decay = -1 is out of range")]
    [TestCase("train --heads 3", "heads = 3 does not divide d_model = 128")]
    [TestCase("train --lr 0", "learning rate = 0 is out of range: give a number in (0, 1]")]
    [TestCase("train --beta1 1", "beta1 = 1 is out of range: give a number in [0, 1)")]
    [TestCase("train --beta2 -0.1", "beta2 = -0.1 is out of range: give a number in [0, 1)")]
    [TestCase("train --eps 0", "epsilon = 0 is out of range: give a number in (0, 1]")]
    [TestCase("train --warm-up -1", "warm-up steps = -1 is out of range: give a number from 0 to 1,000,000")]
    [TestCase("train --warm-up 1.5", "--warm-up 1.5: give a whole number")]
    [TestCase("train --optimizer-state new", "--optimizer-state: says what a network that is trained on keeps; give --from with it")]
    [TestCase("import a.pth --optimizer-state none", "--optimizer-state none: unknown; give keep or new")]
    [TestCase("train --d-model 0", "d_model = 0 is out of range")]
    [TestCase("train --engine jax", "--engine jax: unknown; give exact or torch")]
    [TestCase("train --loss float16", "--loss float16: unknown; give log1p or float64 or float32")]
    [TestCase("train --device tpu", "--device tpu: unknown; give cpu or cuda")]
    [TestCase("train --log-every 30", "checkpoint-every = 250 is not a multiple of log-every = 30")]
    [TestCase("train --epochs -1", "epochs = -1 is out of range")]
    [TestCase("train --threads 0", "threads = 0 is out of range")]
    [TestCase("train --threads 1000000", "threads = 1000000 is out of range: give a number from 1 to ")]
    [TestCase("train --p 257 --d-model 1024 --heads 1024 --d-mlp 4096", "--d-model 1024 --heads 1024 --d-mlp 4096: the training needs 21.7 GB of memory, more than its tables can hold")]
    [TestCase("train @no-such-file", "@no-such-file")]
    [TestCase("[suggest] train", "unknown verb [suggest]")]
    [TestCase("check --arguments no-such-file", "--arguments no-such-file: cannot be read")]
    [TestCase("check a.pth --arguments no-such-file", "--arguments: unknown option")]
    [TestCase("train --p 5 --fraction 0.97 --seed 1 --swapped-pairs", "train fraction 0.97 with swapped pairs leaves no pair to test on: give a smaller one")]
    [TestCase("train --grokfast 2", "--grokfast 2: give two numbers with a comma between them, as 0.98,2")]
    [TestCase("train --grokfast 1,2", "Grokfast's alpha = 1 is out of range: give a number in [0, 1)")]
    [TestCase("train --grokfast 0.9,2 --perpendicular-gradient", "Grokfast and a perpendicular gradient exclude each other: give one of them")]
    [TestCase("train --keep-zeros --frequencies 3,5 --frequency-decay 0", "a weight decay of some frequencies and zeros that stay exclude each other: give one of them")]
    [TestCase("train --frequencies 3,5", "--frequencies: says where W_E and W_U have a weight decay of their own; give --frequency-decay with it")]
    [TestCase("train --frequency-decay 3", "--frequency-decay: is a weight decay at some frequencies; give --frequencies with it")]
    [TestCase("train --frequencies 3,x --frequency-decay 0", "--frequencies 3,x: give whole numbers with commas between them")]
    [TestCase("train --frequencies 3,57 --frequency-decay 0", "frequencies with a weight decay of their own = 3,57: give one or more from 1 to 56, each once")]
    [TestCase("train --at 5", "--at 5: says where to branch off from a run; give --from with it")]
    [TestCase("train --from no-such-folder --at 5", "--at 5: no-such-folder is no run folder")]
    [TestCase("reproduce --p 9", "p = 9 is not prime")]
    [TestCase("bench --steps 0", "steps = 0 is out of range")]
    [TestCase("analyze", "PATH")]
    [TestCase("check", "PATH")]
    [TestCase("import", "FILE")]
    [TestCase("export", "PATH")]
    [TestCase("check a.pth b.pth --json", "--json: prints the verdicts on one network; give one PATH with it, without --expect")]
    [TestCase("check a.pth --json --expect claims.json", "--json: prints the verdicts on one network; give one PATH with it, without --expect")]
    [TestCase("check a.pth --msbuild a.csproj", "--msbuild a.csproj: says where to tell of changed verdicts; give --expect with it")]
    [TestCase("check a.pth --expect no-such.json", "no-such.json: does not exist; record what holds now: grokverify expect NETWORK --out no-such.json")]
    [TestCase("check a.pth --gone", "--gone: unknown option; see grokverify check --help")]
    [TestCase("expect a.pth --gone", "--gone: unknown option; see grokverify expect --help")]
    [TestCase("expect", "FILE")]
    [TestCase("expect no-such.pth", "no-such.pth: does not exist")]
    [TestCase("expect no-such.pth --out no-such-folder/claims.json", "no-such-folder/claims.json: its folder does not exist; make it, or give another name with --out")]
    [TestCase("check no-such.pth", "no-such.pth: does not exist")]
    [TestCase("analyze no-such-folder", "no-such-folder: does not exist")]
    [TestCase("report", "has no finished run of the paper's network; make one with reproduce, or give the PATH of a run or of a network")]
    [TestCase("report no-such.pth", "no-such.pth: does not exist")]
    [TestCase("report no-such.pth --claims no-such-folder", "no-such")]
    [TestCase("analyze no-such-model.pth", "no-such-model.pth: does not exist; give a run folder, a .pth or a .safetensors file")]
    public void Ends_with_code_2_and_one_line_that_names_it(string commandLine, string line) =>
        ShouldBeRefused(Run(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries)), line);

    [Test]
    public void A_folder_that_cannot_be_written_is_refused_before_training()
    {
        File.WriteAllText(In("file"), "");

        ShouldBeRefused(Run("train", "--out", In("file/runs")), $"{In("file/runs")}: cannot be written to");
        ShouldBeRefused(Run("reproduce", "--out", In("file/report")), $"{In("file/report")}: cannot be written to");
        ShouldBeRefused(Run("reproduce", "--out", In("report"), "--runs", In("file/runs")), "give another folder with --runs");
        Directory.Exists(In("report")).Should().BeFalse("what failed leaves no empty folder");
        Directory.Exists(Store).Should().BeFalse();
    }

    [Test]
    public void A_cuda_device_that_is_absent_is_refused()
    {
        LibTorchLoader.Require();
        Assume.That(TorchSharp.torch.cuda.is_available(), Is.False, "this machine has a CUDA device");

        ShouldBeRefused(Run("train", "--engine", "torch", "--device", "cuda"), "--device cuda: no CUDA device can be used");
    }

    [Test]
    public void A_GPU_that_is_absent_is_told_in_one_line_before_any_work()
    {
        Assume.That(ExactGpuEngineFactory.Obstacle, Is.Not.Null, "this machine has a GPU");

        CommandLineResult result = Run("train", "--device", "cuda");

        result.ExitCode.Should().Be(1);
        result.Error.Trim().Should().StartWith("no GPU: ").And.EndWith("; give --device cpu, which gives the same bits").And.NotContain("\n");
        Directory.Exists(Store).Should().BeFalse();
    }

    [Test]
    public void A_folder_that_is_no_run_is_refused()
    {
        Directory.CreateDirectory(In("empty"));

        ShouldBeRefused(Run("analyze", In("empty")), $"{In("empty")}: is not a run folder");
    }

    [Test]
    public void A_folder_of_several_runs_is_refused()
    {
        Train(0);
        Train(0, "--seed", "1");

        ShouldBeRefused(Run("analyze", Store), $"{Store}: holds 2 runs; give one of them");
    }

    [Test]
    public void An_epoch_without_a_checkpoint_is_refused() =>
        ShouldBeRefused(Run("analyze", Train(50).Folder, "--epoch", "7"), "give one of its 2, from 0 to 50");

    [Test]
    public void A_way_to_shuffle_that_there_is_not_is_refused() => ShouldBeRefused(Run("analyze", Train(0).Folder, "--split", "numpy"), "--split numpy: unknown; give python or torch");

    [Test]
    public void A_file_that_is_no_network_is_refused()
    {
        File.WriteAllText(In("text.safetensors"), "hello, I am not a network");

        ShouldBeRefused(Run("analyze", In("text.safetensors")), "is neither a file of torch.save nor a safetensors file");
    }
}
