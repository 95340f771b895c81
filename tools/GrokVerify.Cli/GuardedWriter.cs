using System.Text;

namespace GrokVerify.Cli;

/// <summary>
/// A stream of the process that may fail, for want of space or of a reader. After the first failure nothing more is written to it: a training that nobody watches goes on, and whoever waits for a result is
/// told in the end.
/// </summary>
internal sealed class GuardedWriter(TextWriter inner) : TextWriter
{
    /// <summary>Why it failed; null while it has not.</summary>
    public string? Failure { get; private set; }

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Guard(() => inner.Write(value));

    public override void Write(string? value) => Guard(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Guard(() => inner.Write(buffer, index, count));

    public override void Flush() => Guard(inner.Flush);

    private void Guard(Action write)
    {
        if (Failure is not null)
        {
            return;
        }

        try
        {
            write();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Failure = problem.Message.TrimEnd('.');
        }
    }
}
