using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using GrokVerify.Formats;
using GrokVerify.Loop;

namespace GrokVerify.Runs;

/// <summary>Where a run stands.</summary>
public enum RunStatus
{
    /// <summary>A process is training it.</summary>
    Running,

    /// <summary>It was cancelled, or its process died; it can be resumed.</summary>
    Interrupted,

    /// <summary>It reached the end that was asked for; it can be continued further.</summary>
    Complete,

    /// <summary>An error ended it; the stop reason says which.</summary>
    Failed,
}

/// <summary>One process's share of a run.</summary>
public sealed record TrainingSession
{
    /// <summary>The epoch it began or resumed from.</summary>
    public required long FromEpoch { get; init; }

    /// <summary>The last epoch it logged; null while it runs, or when it was killed.</summary>
    public required long? ToEpoch { get; init; }

    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>Null while it runs, or when it was killed.</summary>
    public required DateTimeOffset? EndedUtc { get; init; }

    public required Provenance Provenance { get; init; }
}

/// <summary>The content of run.json.</summary>
internal sealed record RunManifest
{
    public const string Name = "run.json";
    private const int CurrentFormat = 1;
    private const string Remedy = "restore it from a copy, or delete the run folder and train again";

    public required int Format { get; init; }

    public required string Key { get; init; }

    public required RunIdentity Identity { get; init; }

    public required TrainingSchedule Schedule { get; init; }

    public required RunStatus Status { get; init; }

    /// <summary>"epochs", "grokked", "cancelled", or the message of the error; null while it runs.</summary>
    public required string? StopReason { get; init; }

    /// <summary>The newest logged epoch when the status last changed.</summary>
    public required long Epoch { get; init; }

    public required IReadOnlyList<TrainingSession> Sessions { get; init; }

    /// <summary>The newest points that were saved, ascending: as many as can be resumed from. Null in runs that were stored before they were written down.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SavedPoint>? Saved { get; init; }

    public static RunManifest Begin(RunIdentity identity, TrainingSchedule schedule) => new()
    {
        Format = CurrentFormat,
        Key = identity.Key,
        Identity = identity,
        Schedule = schedule,
        Status = RunStatus.Running,
        StopReason = null,
        Epoch = 0,
        Sessions = [],
        Saved = [],
    };

    /// <exception cref="StorageException">The file could not be written.</exception>
    public void Write(string folder) =>
        AtomicFile.Write(Path.Combine(folder, Name), Encoding.UTF8.GetBytes(JsonSerializer.Serialize(this, RunJson.Options) + "\n"));

    /// <exception cref="RunFormatException">run.json is absent, malformed, or contradicts itself.</exception>
    public static RunManifest Read(string folder)
    {
        string path = Path.Combine(folder, Name);
        string json = ReadText(folder, path);
        try
        {
            var node = JsonNode.Parse(json);
            int? format = node is JsonObject root && root["format"] is JsonValue value && value.TryGetValue(out int number) ? number : null;
            if (format != CurrentFormat)
            {
                string found = format is null ? "no format number" : $"format {format}";
                throw new RunFormatException(path, $"has {found}, this version reads format {CurrentFormat}", Remedy);
            }

            if (HasNullInList(node))
            {
                throw new RunFormatException(path, "cannot be understood: a list in it has null", Remedy);
            }

            RunManifest manifest = RunJson.Parse<RunManifest>(json);
            manifest.Check(path);
            return manifest;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new RunFormatException(path, "cannot be understood: " + exception.Message.TrimEnd('.'), Remedy, exception);
        }
    }

    /// <summary>Says what speaks against rows as those of this run; null where they are as they were written, as far as can be told.</summary>
    public string? Contradiction(IReadOnlyList<MetricsRow> rows)
    {
        long epoch = rows.Count == 0 ? 0 : rows[^1].Epoch;
        return Saved is [.., SavedPoint newest] && SavedPoint.Held([newest], rows).Count == 0 ? $"is not as it was written: its first {newest.Rows} rows do not have the SHA-256 that {Name} states"
            : Status == RunStatus.Complete && rows.Count == 0 ? "has no rows"
            : Status != RunStatus.Running && epoch != Epoch ? $"ends at epoch {epoch}, and not at {Epoch} as {Name} states"
            : null;
    }

    // The reader knows which values may be null, but not which items of a list.
    private static bool HasNullInList(JsonNode? node) => node switch
    {
        JsonArray list => list.Any(item => item is null || HasNullInList(item)),
        JsonObject members => members.Any(member => HasNullInList(member.Value)),
        _ => false,
    };

    private static string ReadText(string folder, string path)
    {
        try
        {
            return AtomicFile.ReadText(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RunFormatException(folder, $"is not a run folder, it has no {Name}", "give the folder that a training run wrote", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunFormatException(path, "cannot be read: " + exception.Message.TrimEnd('.'), "check its permissions", exception);
        }
    }

    private void Check(string path)
    {
        Identity.Config.Validate();
        Schedule.Validate();
        if (Schedule.LogEvery != Identity.LogEvery || Schedule.CheckpointEvery != Identity.CheckpointEvery)
        {
            throw new RunFormatException(path, "contradicts itself: schedule and identity have other log-every or checkpoint-every", Remedy);
        }

        if (Sessions.Count == 0)
        {
            throw new RunFormatException(path, "names no session that trained", Remedy);
        }

        if (Key != Identity.Key)
        {
            throw new RunFormatException(path, "was edited: its key is not that of its configuration, engine and libraries", Remedy);
        }
    }
}
