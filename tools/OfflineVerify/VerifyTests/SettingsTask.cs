using System.Runtime.CompilerServices;

namespace VerifyTests;

/// <summary>A verification that has not begun: nothing happens until it is awaited, returned or turned into a task.</summary>
public partial class SettingsTask
{
    private readonly Func<VerifySettings, Task<VerifyResult>> _run;
    private VerifySettings? _settings;
    private Task<VerifyResult>? _task;

    public SettingsTask(VerifySettings? settings, Func<VerifySettings, Task<VerifyResult>> buildTask)
    {
        _settings = settings is null ? null : new VerifySettings(settings);
        _run = buildTask;
    }

    /// <summary>For changes before the verification begins; a later one would change nothing, so it is refused.</summary>
    public VerifySettings CurrentSettings => _task is null
        ? _settings ??= new VerifySettings()
        : throw new InvalidOperationException(
            "This SettingsTask can no longer be modified: it was awaited, or ToTask was called. Set it up before.");

    public Task<VerifyResult> ToTask()
    {
        // A test framework's synchronisation context would make an awaited file access wait for the blocked test thread.
        SynchronizationContext.SetSynchronizationContext(null);
        return _task ??= _run(CurrentSettings);
    }

    public ConfiguredTaskAwaitable<VerifyResult> ConfigureAwait(bool continueOnCapturedContext) =>
        ToTask().ConfigureAwait(continueOnCapturedContext);

    public TaskAwaiter<VerifyResult> GetAwaiter() => ToTask().GetAwaiter();

    public static implicit operator Task<VerifyResult>(SettingsTask settingsTask) => settingsTask.ToTask();

    public static implicit operator Task(SettingsTask settingsTask) => settingsTask.ToTask();
}
