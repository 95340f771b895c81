using System.Text.Json;
using System.Text.Json.Serialization;
using GrokVerify.Ablations;

namespace GrokVerify.Analysis;

/// <summary>The JSON form of an analysis: snake_case members, numbers that read back to the same float64, absent measures null.</summary>
public static class AnalysisJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.Strict,
        WriteIndented = true,
        Converters = { new AblationName() },
    };

    /// <summary>Indented JSON, lines ending in a line feed.</summary>
    public static string Write(ModelAnalysis analysis) => JsonSerializer.Serialize(analysis, Options).ReplaceLineEndings("\n");

    private sealed class AblationName : JsonConverter<Ablation>
    {
        public override Ablation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("analyses are written, not read");

        public override void Write(Utf8JsonWriter writer, Ablation value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, Ablation value, JsonSerializerOptions options) => writer.WritePropertyName(value.Name);
    }
}
