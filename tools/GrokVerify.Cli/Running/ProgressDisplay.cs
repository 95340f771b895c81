using System.Diagnostics;
using Spectre.Console;

namespace GrokVerify.Cli.Running;

/// <summary>Shows how far a long job is: a live bar on a terminal, else a plain line every few seconds.</summary>
internal sealed class ProgressDisplay
{
    private const int BarWidth = 16;
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    private readonly IAnsiConsole? _console;
    private readonly ProgressTask? _bar;
    private readonly Stopwatch _sinceLine = new();

    private ProgressDisplay(IAnsiConsole? console, ProgressTask? bar)
    {
        _console = console;
        _bar = bar;
    }

    /// <summary>Shows nothing: for output that a program reads.</summary>
    public static ProgressDisplay Silent { get; } = new(null, null);

    /// <summary>Does a job that reports to the display.</summary>
    /// <param name="console">Where to show it.</param>
    /// <param name="beginning">What is said before the first report.</param>
    /// <param name="job">The job; runs on the caller's thread.</param>
    public static T Run<T>(IAnsiConsole console, string beginning, Func<ProgressDisplay, T> job)
    {
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Out.IsTerminal)
        {
            console.WriteLine(beginning);
            return job(new ProgressDisplay(console, null));
        }

        return console.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn { Width = BarWidth }, new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => job(new ProgressDisplay(console, context.AddTask(Markup.Escape(beginning)))));
    }

    /// <summary>Tells where the job is.</summary>
    /// <param name="done">Share that is done, 0..1.</param>
    /// <param name="text">The same in words, one line.</param>
    public void Show(double done, string text)
    {
        if (_bar is not null)
        {
            _bar.Value = Math.Clamp(100 * done, 0, 100);
            _bar.Description = Markup.Escape(text);
        }
        else if (_console is not null && (!_sinceLine.IsRunning || _sinceLine.Elapsed >= BetweenLines || done >= 1))
        {
            _console.WriteLine(text);
            _sinceLine.Restart();
        }
    }

    /// <summary>A line that stays: on a terminal it goes above the bar, where it cannot tear it.</summary>
    public bool TryWriteAbove(string line)
    {
        if (_bar is null || _console is null)
        {
            return false;
        }

        _console.WriteLine(line);
        return true;
    }
}
