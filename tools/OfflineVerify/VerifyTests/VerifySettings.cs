using DiffEngine;
using OfflineVerify.Naming;

namespace VerifyTests;

/// <summary>Settings of one verification.</summary>
public partial class VerifySettings
{
    public VerifySettings()
    {
    }

    public VerifySettings(VerifySettings? settings)
    {
        if (settings is null)
        {
            return;
        }

        Context = new(settings.Context);
        Naming = new NamingSettings(settings.Naming);
        Comparing = new ComparerSettings(settings.Comparing);
        AutoVerifyRule = settings.AutoVerifyRule;
        ThrowException = settings.ThrowException;
        DiffEnabled = settings.DiffEnabled;
        FirstVerify = settings.FirstVerify;
        Mismatch = settings.Mismatch;
        Delete = settings.Delete;
        Before = settings.Before;
        After = settings.After;
    }

    /// <summary>Handed to comparers.</summary>
    public Dictionary<string, object> Context { get; } = [];

    internal NamingSettings Naming { get; } = new();

    internal ComparerSettings Comparing { get; } = new();

    internal AutoVerify? AutoVerifyRule { get; private set; }

    internal bool ThrowException { get; private set; }

    internal bool DiffEnabled { get; private set; } = true;

    internal FirstVerify? FirstVerify { get; private set; }

    internal VerifyMismatch? Mismatch { get; private set; }

    internal VerifyDelete? Delete { get; private set; }

    internal Action? Before { get; private set; }

    internal Action? After { get; private set; }

    public void AutoVerify(bool includeBuildServer = true, bool throwException = false) =>
        AutoVerify(_ => true, includeBuildServer, throwException);

    public void AutoVerify(AutoVerify autoVerify, bool includeBuildServer = true, bool throwException = false)
    {
        if (includeBuildServer || !BuildServerDetector.Detected)
        {
            AutoVerifyRule = autoVerify;
            ThrowException = throwException;
        }
    }

    public void DisableDiff() => DiffEnabled = false;

    public void OnFirstVerify(FirstVerify firstVerify) => FirstVerify += firstVerify;

    public void OnVerifyMismatch(VerifyMismatch verifyMismatch) => Mismatch += verifyMismatch;

    public void OnDelete(VerifyDelete verifyDelete) => Delete += verifyDelete;

    public void OnVerify(Action before, Action after)
    {
        Before += before;
        After += after;
    }

    public void UseStringComparer(StringCompare compare, params ReadOnlySpan<string> extensions) =>
        Comparing.UseStringComparer(compare, extensions);

    public void UseStreamComparer(StreamCompare compare, params ReadOnlySpan<string> extensions) =>
        Comparing.UseStreamComparer(compare, extensions);
}
