using System.ComponentModel;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace GrokVerify.Runs;

/// <summary>
/// The JSON of run folders: snake_case names, invariant round-trip numbers, and strict reading: every property has to be there,
/// none twice, none unknown; only what is left out when null, or when it has its <see cref="DefaultValueAttribute"/>, may be absent.
/// </summary>
internal static class RunJson
{
    public static JsonSerializerOptions Options { get; } = Create(indented: true);

    private static JsonSerializerOptions Compact { get; } = Create(indented: false);

    /// <summary>One text for one value: compact, members of objects within objects sorted by their ordinal order; lists stay as they are.</summary>
    public static string Canonical<T>(T value) => Sort(ToNode(value))!.ToJsonString(Compact);

    public static JsonNode ToNode<T>(T value) => JsonSerializer.SerializeToNode(value, Compact)!;

    /// <exception cref="JsonException">The text is not JSON, or not of this type.</exception>
    public static T Parse<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("the text is null");

    private static JsonNode? Sort(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            return new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal)
                .Select(member => KeyValuePair.Create(member.Key, Sort(member.Value))));
        }

        return node?.DeepClone();
    }

    private static JsonSerializerOptions Create(bool indented) => new()
    {
        WriteIndented = indented,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        IgnoreReadOnlyProperties = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        TypeInfoResolver = RunJsonTypes.Default.WithAddedModifier(RequireEveryProperty),
    };

    // A default that fills a gap would give a damaged file another meaning.
    private static void RequireEveryProperty(JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo property in type.Properties.Where(property => property.Set is not null))
        {
            // What is left out when null, or when it has its default, says something by its absence, and older files are without it.
            var usual = property.AttributeProvider?.GetCustomAttributes(typeof(DefaultValueAttribute), inherit: false).SingleOrDefault() as DefaultValueAttribute;
            property.IsRequired = usual is null && property.AttributeProvider?.IsDefined(typeof(JsonIgnoreAttribute), inherit: false) != true;
            if (usual is not null)
            {
                property.ShouldSerialize = (_, value) => !Equals(value, usual.Value);
            }
        }
    }
}
