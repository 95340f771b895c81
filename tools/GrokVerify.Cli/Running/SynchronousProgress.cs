namespace GrokVerify.Cli.Running;

/// <summary>Takes reports at once, on the thread that makes them; <see cref="Progress{T}"/> would let them overtake each other.</summary>
internal sealed class SynchronousProgress<T>(Action<T> take) : IProgress<T>
{
    public void Report(T value) => take(value);
}
