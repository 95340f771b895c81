using System.CommandLine;
using System.Globalization;

namespace GrokVerify.Cli.Options;

/// <summary>--threads: all cores unless given.</summary>
internal sealed class ThreadsOption
{
    private readonly Option<int?> _threads = OptionFactory.OptionalNumber<int>("--threads", "Threads [default: all cores]");

    public ThreadsOption(Command command) => command.Options.Add(_threads);

    /// <exception cref="UsageException">The number is out of range.</exception>
    public int Value(ParseResult parsed)
    {
        int threads = parsed.GetValue(_threads) ?? Environment.ProcessorCount;
        return threads >= 1 && threads <= Environment.ProcessorCount
            ? threads
            : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"threads = {threads} is out of range: give a number from 1 to {Environment.ProcessorCount}, the cores of this machine"));
    }
}
