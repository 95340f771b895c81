using System.Text.Json;
using System.Text.Json.Serialization;
using GrokVerify.Formats;
using GrokVerify.Judging;

namespace GrokVerify.Expectations;

/// <summary>claims.json: the verdicts that were recorded for networks, by the path of each network from the file's own folder.</summary>
internal sealed class ExpectationsFile
{
    private const int Version = 1;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
        NewLine = "\n",
    };

    private readonly string _path;
    private readonly byte[] _content;
    private readonly Dictionary<string, NetworkExpectation> _networks;

    private ExpectationsFile(string path, byte[] content, Dictionary<string, NetworkExpectation> networks) => (_path, _content, _networks) = (path, content, networks);

    public string Path => _path;

    /// <exception cref="ExpectationsException">The file is absent or cannot be understood; says where.</exception>
    public static ExpectationsFile Read(string path)
    {
        try
        {
            byte[] content = File.ReadAllBytes(path);
            Document document = JsonSerializer.Deserialize<Document>(content, Options) ?? throw new JsonException("it is null");
            var file = new ExpectationsFile(path, content, document.Networks);
            file.RequireKnown(document.Version);
            return file;
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ExpectationsException(path, "does not exist", $"record what holds now: grokverify expect NETWORK --out {Quoted(path)}", problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ExpectationsException(path, $"cannot be read ({problem.Message.TrimEnd('.')})", "check its permissions", problem);
        }
        catch (JsonException problem)
        {
            string place = problem.LineNumber is long line ? $"{path}({line + 1})" : path;
            throw new ExpectationsException(place, $"is no file of expectations ({problem.Message.TrimEnd('.')})", "correct it, or record it again: grokverify expect NETWORK", problem);
        }
    }

    /// <summary>The file, or an empty one where there is none yet.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static ExpectationsFile ReadOrNew(string path) => File.Exists(path) ? Read(path) : new ExpectationsFile(path, [], []);

    /// <summary>Networks that are recorded, but of which there is no file.</summary>
    public IEnumerable<string> Missing() => _networks.Keys.Where(name => !File.Exists(System.IO.Path.Combine(Folder, name)));

    /// <summary>How the file names a network: its path from the file's folder, with forward slashes on every system.</summary>
    public string NameOf(string network) => System.IO.Path.GetRelativePath(Folder, System.IO.Path.GetFullPath(network)).Replace('\\', '/');

    public NetworkExpectation? Find(string network) => _networks.GetValueOrDefault(NameOf(network));

    /// <exception cref="ExpectationsException">Nothing is recorded of the network.</exception>
    public NetworkExpectation Of(string network) => Find(network)
        ?? throw new ExpectationsException(network, $"nothing is recorded of it in {_path}", $"record what holds now: {CommandFor(NameOf(network))}");

    /// <summary>Where a claim is recorded: file(line).</summary>
    public string PlaceOf(ClaimExpectation claim) => $"{System.IO.Path.GetFileName(_path)}({LineOf(claim)})";

    /// <summary>The command that records a network anew, to be typed in the file's folder.</summary>
    public string CommandFor(string name)
    {
        string file = System.IO.Path.GetFileName(_path);
        return $"grokverify expect {Quoted(name)}{(file == "claims.json" ? "" : $" --out {Quoted(file)}")}";
    }

    public void Record(string network, NetworkExpectation expectation) => _networks[NameOf(network)] = expectation;

    /// <exception cref="StorageException">The file could not be written; what was there before is still there.</exception>
    public void Write()
    {
        var document = new Document(Version, _networks.OrderBy(network => network.Key, StringComparer.Ordinal).ToDictionary());
        AtomicFile.Write(_path, (byte[])[.. JsonSerializer.SerializeToUtf8Bytes(document, Options), (byte)'\n']);
    }

    private string Folder => System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(_path))!;

    private static string Quoted(string word) => word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word;

    private int LineOf(ClaimExpectation claim) => 1 + _content.AsSpan(0, (int)claim.Offset).Count((byte)'\n');

    private void RequireKnown(int version)
    {
        if (version != Version)
        {
            throw new ExpectationsException(_path, $"is of version {version}, and this program knows {Version}", "use the version of GrokVerify that wrote it, or record it again");
        }

        if (_networks.Values.SelectMany(network => network.Claims.Values).FirstOrDefault(claim => !ClaimJson.Verdicts.Contains(claim.Verdict)) is ClaimExpectation wrong)
        {
            throw new ExpectationsException($"{_path}({LineOf(wrong)})", $"\"{wrong.Verdict}\" is no verdict", $"give {string.Join(", ", ClaimJson.Verdicts)}");
        }
    }

    private sealed record Document(int Version, Dictionary<string, NetworkExpectation> Networks);
}
