using System.Text;
using DiffEngine;
using NUnit.Framework.Internal;

namespace GrokVerify.Tests.Snapshots;

/// <summary>Runs one verification in a folder of its own, away from the test's own result, and keeps what it left behind.</summary>
internal sealed class SnapshotRun
{
    private SnapshotRun(IReadOnlyDictionary<string, string> files, Exception? failure, IReadOnlyList<string> attachments, string directory)
    {
        Files = files;
        Failure = failure;
        Attachments = attachments;
        Message = failure?.Message.Replace(directory, "FOLDER", StringComparison.Ordinal);
    }

    /// <summary>Relative path to content, byte order mark included.</summary>
    public IReadOnlyDictionary<string, string> Files { get; }

    public Exception? Failure { get; }

    /// <summary>The failure's text, with the folder's path replaced by FOLDER.</summary>
    public string? Message { get; }

    /// <summary>Names of the attached files.</summary>
    public IReadOnlyList<string> Attachments { get; }

    /// <param name="before">Relative path to content.</param>
    /// <param name="verify">Given settings whose files are called "case".</param>
    /// <param name="onBuildServer">Whether to make believe that this is one, whatever it is.</param>
    public static async Task<SnapshotRun> Of(
        IReadOnlyDictionary<string, string> before, Func<VerifySettings, Task<VerifyResult>> verify, bool onBuildServer = false)
    {
        string directory = Path.Combine(Path.GetTempPath(), "grokverify-snapshots", Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(directory);
        try
        {
            foreach ((string name, string content) in before)
            {
                string path = Path.Combine(directory, name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllBytesAsync(path, Encoding.UTF8.GetBytes(content));
            }

            (Exception? failure, string[] attachments) = await Isolated(directory, verify, onBuildServer);
            return new SnapshotRun(Read(directory), failure, attachments, directory);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<(Exception? Failure, string[] Attachments)> Isolated(
        string directory, Func<VerifySettings, Task<VerifyResult>> verify, bool onBuildServer)
    {
        // Kept with the flow of this method: other tests see the machine as it is.
        BuildServerDetector.Detected = onBuildServer;
        using var context = new TestExecutionContext.IsolatedContext();
        var settings = new VerifySettings();
        settings.UseDirectory(directory);
        settings.UseFileName("case");
        settings.DisableDiff();
        Exception? failure = null;
        try
        {
            await verify(settings);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        return (failure, [.. TestExecutionContext.CurrentContext.CurrentResult.TestAttachments.Select(file => Path.GetFileName(file.FilePath))]);
    }

    private static Dictionary<string, string> Read(string directory) =>
        Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).ToDictionary(
            path => Path.GetRelativePath(directory, path).Replace('\\', '/'),
            path => Encoding.UTF8.GetString(File.ReadAllBytes(path)));
}
