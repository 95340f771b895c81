using System.Text.Json.Serialization;
using GrokVerify.Engines;

namespace GrokVerify.Runs;

/// <summary>What <see cref="RunJson"/> writes, known when compiled: looking at the types when a run begins would take longer than its first epochs.</summary>
[JsonSerializable(typeof(RunManifest))]
[JsonSerializable(typeof(RunIdentity))]
[JsonSerializable(typeof(TrainingConfig))]
[JsonSerializable(typeof(string))]
internal sealed partial class RunJsonTypes : JsonSerializerContext;
