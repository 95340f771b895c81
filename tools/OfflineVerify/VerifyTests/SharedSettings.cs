using System.Runtime.CompilerServices;
using System.Text;
using OfflineVerify.Naming;

namespace VerifyTests;

/// <summary>The process-wide state behind <see cref="VerifierSettings"/>, in one object so that tests can put a fresh one in its place.</summary>
internal sealed class SharedSettings
{
    public bool HasRun { get; set; }

    public Encoding Encoding { get; set; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    public Dictionary<string, StringCompare> StringComparers { get; } = [];

    public Dictionary<string, StreamCompare> StreamComparers { get; } = [];

    public StringCompare? DefaultStringComparer { get; set; }

    public GlobalAutoVerify? AutoVerify { get; set; }

    public bool ThrowException { get; set; }

    public bool FixNewlinesOnRead { get; set; }

    public bool IgnoreTrailingNewline { get; set; }

    public bool OmitContent { get; set; }

    public bool UniquePrefixDisabled { get; set; }

    public bool AttachmentsDisabled { get; set; }

    public FirstVerify? FirstVerify { get; set; }

    public VerifyMismatch? Mismatch { get; set; }

    public VerifyDelete? Delete { get; set; }

    public Action? Before { get; set; }

    public Action? After { get; set; }

    public VerifyNUnit.DerivePathInfo? DerivePathInfo { get; set; }

    public Uniqueness Uniqueness { get; } = new();

    public UsedPrefixes Prefixes { get; } = new();

    /// <summary>Registrations after the first verification would hold for some tests only: they are refused.</summary>
    public void ThrowIfVerifyHasBeenRun([CallerMemberName] string caller = "")
    {
        if (HasRun)
        {
            throw new InvalidOperationException(
                $"The API '{caller}' must be called prior to any Verify has run. Usually this is done in a [ModuleInitializer].");
        }
    }
}
