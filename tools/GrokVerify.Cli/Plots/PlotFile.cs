using GrokVerify.Runs;
using ScottPlot;

namespace GrokVerify.Cli.Plots;

/// <summary>A plot and the PNG file that it is written to.</summary>
/// <param name="Name">Of the file.</param>
/// <param name="Title">Shown above the plot.</param>
/// <param name="Plot">What is drawn.</param>
internal sealed record PlotFile(string Name, string Title, Plot Plot)
{
    // In pixels, at twice the size of text and lines: sharp on a dense screen and in print.
    private const int Width = 1800;
    private const int Height = 1000;
    private const double Scale = 2;

    /// <exception cref="RunStorageException">The file could not be written.</exception>
    public void Write(string folder)
    {
        Plot.ScaleFactor = Scale;
        AtomicFile.Write(Path.Combine(folder, Name), Plot.GetImageBytes(Width, Height, ImageFormat.Png));
    }
}
