using System.Diagnostics;
using GrokVerify.Loop;
using GrokVerify.Runs;

namespace GrokVerify.Tests.Runs;

/// <summary>A process of its own that trains a run without end, for tests that kill it.</summary>
internal static class TrainingProcess
{
    /// <summary>Said when everything but the run is loaded.</summary>
    public const string Ready = "ready";

    /// <summary>Said when the first step is about to be done.</summary>
    public const string Training = "training";

    private static TrainingSchedule Endless { get; } = PseudoTraining.Schedule with { Epochs = 100_000_000 };

    /// <summary>Trains in the given folder until it is killed.</summary>
    public static int Main(string[] arguments)
    {
        if (arguments is not [string folder])
        {
            Console.Error.WriteLine("usage: GrokVerify.Tests FOLDER");
            return 2;
        }

        Console.WriteLine(Ready);
        bool hasStepped = false;
        var engine = new PseudoTraining
        {
            BeforeStep = _ =>
            {
                if (!hasStepped)
                {
                    hasStepped = true;
                    Console.WriteLine(Training);
                }
            },
        };
        new RunTrainer().Train(folder, PseudoTraining.Config, Endless, engine);
        return 0;
    }

    /// <summary>Starts the process, and returns when it has said <paramref name="until"/>.</summary>
    public static Process Start(string folder, string until)
    {
        string assembly = typeof(TrainingProcess).Assembly.Location;
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            ArgumentList = { "exec", assembly, folder },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process = Process.Start(start)!;
        string? said;
        do
        {
            said = process.StandardOutput.ReadLine()
                ?? throw new InvalidOperationException("the training process ended by itself: " + process.StandardError.ReadToEnd());
        }
        while (said != until);

        return process;
    }

    /// <summary>SIGKILL on Unix; fails if the process had ended by itself.</summary>
    public static void Kill(Process process)
    {
        if (process.HasExited)
        {
            throw new InvalidOperationException("the training process ended by itself: " + process.StandardError.ReadToEnd());
        }

        process.Kill();
        process.WaitForExit();
    }
}
