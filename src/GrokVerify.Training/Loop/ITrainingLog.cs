using GrokVerify.Engines;

namespace GrokVerify.Loop;

/// <summary>Where a trainer leaves what it sees: the run folder, or a list in memory.</summary>
public interface ITrainingLog
{
    /// <summary>Rows logged so far, epochs ascending; those of an earlier process included.</summary>
    IReadOnlyList<MetricsRow> Rows { get; }

    void Append(MetricsRow row);

    void Save(TrainingState state);
}
