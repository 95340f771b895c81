using System.Collections.Concurrent;

namespace OfflineVerify.Naming;

/// <summary>The file prefixes of the process: two verifications with one prefix would overwrite each other's received files.</summary>
internal sealed class UsedPrefixes
{
    private readonly ConcurrentDictionary<string, bool> _used = new(StringComparer.Ordinal);

    public void Claim(string prefix)
    {
        if (!_used.TryAdd(prefix, true))
        {
            throw new InvalidOperationException(
                $"""
                The prefix has already been used: {prefix}.
                This is mostly caused by two verifications in one test, by [Retry] or [Repeat] on it, or by a conflicting combination of `DerivePathInfo`, `UseDirectory`, `UseTypeName` and `UseMethodName`.
                If that is intended, call `DisableRequireUniquePrefix()`.
                """);
        }
    }
}
