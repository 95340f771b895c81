using System.Text.Json;
using System.Text.Json.Serialization;

namespace GrokVerify.Analysis;

/// <summary>The JSON form of an analysis: snake_case members, numbers that read back to the same float64, absent measures null.</summary>
public static class AnalysisJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.Strict,
        WriteIndented = true,
    };

    /// <summary>Indented JSON, lines ending in a line feed.</summary>
    public static string Write(ModelAnalysis analysis) => JsonSerializer.Serialize(analysis, Options).ReplaceLineEndings("\n");
}
