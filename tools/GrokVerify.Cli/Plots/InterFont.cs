using System.Reflection;
using System.Text;
using ScottPlot;
using SkiaSharp;

namespace GrokVerify.Cli.Plots;

/// <summary>
/// The font of the plots, the same on every machine: Inter, from the resources of Avalonia's font assembly, which lies in this one. A machine without fonts,
/// as containers often are, would otherwise draw plots without a letter.
/// </summary>
/// <remarks>
/// The resource "!AvaloniaResources": int32 length of the index, then the index (int32 version 2, int32 count, and for each
/// file its path, int32 offset, int32 size), then the files; offsets count from there.
/// </remarks>
internal sealed class InterFont : IFontResolver
{
    public const string Name = "Inter";
    private const string PackageName = "Avalonia.Fonts.Inter.dll";
    private const string ResourceName = "!AvaloniaResources";
    private const int IndexVersion = 2;

    private static readonly Lock Gate = new();
    private static bool _isInstalled;
    private readonly SKTypeface _regular = Load("Inter-Regular.ttf");
    private readonly SKTypeface _bold = Load("Inter-SemiBold.ttf");

    /// <summary>Makes it the font of all plots of this process.</summary>
    public static void Install()
    {
        lock (Gate)
        {
            if (!_isInstalled)
            {
                Fonts.FontResolvers.Insert(0, new InterFont());
                Fonts.Default = Name;
                _isInstalled = true;
            }
        }
    }

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName == Name ? (weight > FontWeight.Medium ? _bold : _regular) : null;

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? (bold ? _bold : _regular) : null;

    private static SKTypeface Load(string file)
    {
        using Stream package = Resource(typeof(InterFont).Assembly, PackageName);
        using var content = new BinaryReader(package);
        using Stream resources = Resource(Assembly.Load(content.ReadBytes((int)package.Length)), ResourceName);
        using var reader = new BinaryReader(resources, Encoding.UTF8);
        int indexLength = reader.ReadInt32();
        long begin = resources.Position + indexLength;
        int version = reader.ReadInt32();
        int count = reader.ReadInt32();
        for (int i = 0; i < count && version == IndexVersion; i++)
        {
            string path = reader.ReadString();
            int offset = reader.ReadInt32();
            int size = reader.ReadInt32();
            if (path.EndsWith('/' + file, StringComparison.Ordinal))
            {
                resources.Position = begin + offset;
                using SKData data = SKData.CreateCopy(reader.ReadBytes(size));
                return SKTypeface.FromData(data) ?? throw new InvalidOperationException($"{file} of {PackageName} is not a font");
            }
        }

        throw new InvalidOperationException($"{PackageName} has no {file}, or its resources have a new layout (version {version})");
    }

    private static Stream Resource(Assembly assembly, string name) =>
        assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{assembly.GetName().Name} has no resource {name}");
}
