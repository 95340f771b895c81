using System.Text;
using DiffEngine;

namespace VerifyTests;

/// <summary>Settings for all verifications of the process; registered in a module initializer, before the first of them.</summary>
public static class VerifierSettings
{
    internal static SharedSettings Shared { get; set; } = new();

    public static void RegisterStringComparer(string extension, StringCompare compare)
    {
        Shared.ThrowIfVerifyHasBeenRun();
        Shared.StringComparers[extension] = compare;
    }

    public static void RegisterStreamComparer(string extension, StreamCompare compare)
    {
        Shared.ThrowIfVerifyHasBeenRun();
        Shared.StreamComparers[extension] = compare;
    }

    public static void SetDefaultStringComparer(StringCompare compare)
    {
        Shared.ThrowIfVerifyHasBeenRun();
        Shared.DefaultStringComparer = compare;
    }

    public static void AutoVerify(bool includeBuildServer = true, bool throwException = false) =>
        AutoVerify((_, _, _) => true, includeBuildServer, throwException);

    public static void AutoVerify(GlobalAutoVerify autoVerify, bool includeBuildServer = true, bool throwException = false)
    {
        Shared.ThrowIfVerifyHasBeenRun();
        if (includeBuildServer || !BuildServerDetector.Detected)
        {
            Shared.AutoVerify = autoVerify;
            Shared.ThrowException = throwException;
        }
    }

    public static void UseUtf8NoBom() => UseEncoding(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));

    public static void UseEncoding(Encoding encoding)
    {
        Shared.ThrowIfVerifyHasBeenRun();
        Shared.Encoding = encoding;
    }

    public static void FixNewlinesOnRead()
    {
        Shared.ThrowIfVerifyHasBeenRun();
        Shared.FixNewlinesOnRead = true;
    }

    public static void IgnoreTrailingNewline()
    {
        Shared.ThrowIfVerifyHasBeenRun();
        Shared.IgnoreTrailingNewline = true;
    }

    public static void OmitContentFromException()
    {
        Shared.ThrowIfVerifyHasBeenRun();
        Shared.OmitContent = true;
    }

    public static void DisableRequireUniquePrefix()
    {
        Shared.ThrowIfVerifyHasBeenRun();
        Shared.UniquePrefixDisabled = true;
    }

    public static void DisableAttachments()
    {
        Shared.ThrowIfVerifyHasBeenRun();
        Shared.AttachmentsDisabled = true;
    }

    public static void OnFirstVerify(FirstVerify firstVerify)
    {
        Shared.ThrowIfVerifyHasBeenRun();
        Shared.FirstVerify += firstVerify;
    }

    public static void OnVerifyMismatch(VerifyMismatch verifyMismatch)
    {
        Shared.ThrowIfVerifyHasBeenRun();
        Shared.Mismatch += verifyMismatch;
    }

    public static void OnDelete(VerifyDelete verifyDelete)
    {
        Shared.ThrowIfVerifyHasBeenRun();
        Shared.Delete += verifyDelete;
    }

    public static void OnVerify(Action before, Action after)
    {
        Shared.ThrowIfVerifyHasBeenRun();
        Shared.Before += before;
        Shared.After += after;
    }

    public static void UniqueForAssemblyConfiguration()
    {
        Shared.ThrowIfVerifyHasBeenRun();
        Shared.Uniqueness.AssemblyConfiguration = true;
    }

    public static void UniqueForArchitecture()
    {
        Shared.ThrowIfVerifyHasBeenRun();
        Shared.Uniqueness.Architecture = true;
    }

    public static void UniqueForOSPlatform()
    {
        Shared.ThrowIfVerifyHasBeenRun();
        Shared.Uniqueness.OSPlatform = true;
    }

    public static void UniqueForRuntimeAndVersion()
    {
        Shared.ThrowIfVerifyHasBeenRun();
        Shared.Uniqueness.RuntimeAndVersion = true;
    }
}
