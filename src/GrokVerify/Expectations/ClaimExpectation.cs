using System.Text.Json;
using System.Text.Json.Serialization;

namespace GrokVerify.Expectations;

/// <summary>The verdict that was recorded for one claim.</summary>
/// <param name="Verdict">A word of <see cref="Judging.ClaimJson"/>.</param>
/// <param name="RuleSha256">The hash of the rule that it was judged by.</param>
/// <param name="Offset">Where it stands in the file, in bytes; 0 for one that was not read.</param>
[JsonConverter(typeof(OneLine))]
internal sealed record ClaimExpectation(string Verdict, string RuleSha256, long Offset = 0)
{
    /// <summary>A claim is a line of the file: a change shows as one line in a diff, and has a line number.</summary>
    private sealed class OneLine : JsonConverter<ClaimExpectation>
    {
        public override ClaimExpectation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            long offset = reader.TokenStartIndex;
            Entry entry = JsonSerializer.Deserialize<Entry>(ref reader, options) ?? throw new JsonException("a claim is null");
            return new ClaimExpectation(entry.Verdict, entry.RuleSha256, offset);
        }

        public override void Write(Utf8JsonWriter writer, ClaimExpectation value, JsonSerializerOptions options) =>
            writer.WriteRawValue($$"""{ "verdict": {{JsonSerializer.Serialize(value.Verdict)}}, "rule_sha256": {{JsonSerializer.Serialize(value.RuleSha256)}} }""");
    }

    private sealed record Entry(string Verdict, string RuleSha256);
}
