using System.Runtime.InteropServices;

namespace GrokVerify.Cli;

/// <summary>Turns Ctrl-C, a closed terminal and the system's request to end into a cancellation; a second one ends the process at once.</summary>
internal static class InterruptionSignals
{
    // Kept alive: a registration that is collected stops listening.
    private static readonly List<PosixSignalRegistration> Registrations = [];

    public static CancellationToken Listen()
    {
        // Never disposed: a signal may come until the process ends.
        var source = new CancellationTokenSource();
        void OnSignal(PosixSignalContext context)
        {
            context.Cancel = !source.IsCancellationRequested;
            source.Cancel();
        }

        Registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal));
        Registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal));
        Registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal));
        return source.Token;
    }
}
