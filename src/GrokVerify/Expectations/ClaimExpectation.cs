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
        private const string Verdict = "verdict";
        private const string Rule = "rule_sha256";

        public override ClaimExpectation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            long offset = reader.TokenStartIndex;
            string? verdict = null;
            string? rule = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                reader.Read();
                switch (name)
                {
                    case Verdict:
                        verdict = reader.GetString();
                        break;
                    case Rule:
                        rule = reader.GetString();
                        break;
                    default:
                        throw new JsonException($"a claim has no {name}");
                }
            }

            return reader.TokenType == JsonTokenType.EndObject && verdict is not null && rule is not null
                ? new ClaimExpectation(verdict, rule, offset)
                : throw new JsonException($"a claim has a {Verdict} and a {Rule}");
        }

        public override void Write(Utf8JsonWriter writer, ClaimExpectation value, JsonSerializerOptions options) =>
            writer.WriteRawValue($$"""{ "{{Verdict}}": {{JsonSerializer.Serialize(value.Verdict)}}, "{{Rule}}": {{JsonSerializer.Serialize(value.RuleSha256)}} }""");
    }
}
