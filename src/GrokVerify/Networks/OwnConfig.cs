using System.Text.Json;
using GrokVerify.Engines;
using GrokVerify.Formats;
using GrokVerify.Runs;

namespace GrokVerify.Networks;

/// <summary>The configuration that exported files carry: that of a checkpoint, as JSON.</summary>
internal static class OwnConfig
{
    public static string Write(TrainingConfig config) => RunJson.Canonical(config);

    /// <exception cref="CheckpointException">It cannot be understood, or is out of range.</exception>
    public static TrainingConfig Parse(string path, string json)
    {
        try
        {
            TrainingConfig config = RunJson.Parse<TrainingConfig>(json);
            config.Validate();
            return config;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new CheckpointException(
                path, "has a configuration that cannot be understood: " + exception.Message.TrimEnd('.'), "export it again with the version that reads it", exception);
        }
    }
}
