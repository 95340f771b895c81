using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GrokVerify.Numerics;

/// <summary>
/// The right-hand side of float64 products as <see cref="Float64Tile{TLanes, TVector}"/> reads it: panels of three vectors' columns, each panel
/// [depth, 3 vectors], the last one filled up with zeros.
/// </summary>
internal sealed class ColumnPanels
{
    private readonly double[] _values;

    /// <param name="matrix">float64 [depth, columns].</param>
    /// <param name="lanes">Lanes of a vector; by default those that this machine computes fastest with. No number of lanes changes a result.</param>
    public ColumnPanels(Matrix matrix, int? lanes = null)
    {
        Lanes = lanes ?? FastestLanes;
        Depth = matrix.Rows;
        Columns = matrix.Columns;
        Width = 3 * Lanes;
        Count = (Columns + Width - 1) / Width;
        _values = new double[Count * Depth * Width];
        for (int k = 0; k < Depth; k++)
        {
            ReadOnlySpan<double> row = matrix.Row(k);
            for (int panel = 0; panel < Count; panel++)
            {
                int column = panel * Width;
                row[column..Math.Min(column + Width, Columns)].CopyTo(_values.AsSpan(((panel * Depth) + k) * Width));
            }
        }
    }

    /// <summary>Vector512 where it is one instruction, else the runtime's own vector.</summary>
    public static int FastestLanes => Vector512.IsHardwareAccelerated ? Vector512<double>.Count : Vector<double>.Count;

    public int Lanes { get; }

    public int Depth { get; }

    public int Columns { get; }

    /// <summary>Columns of a panel.</summary>
    public int Width { get; }

    /// <summary>Number of panels.</summary>
    public int Count { get; }

    /// <summary>Rows from k on of one panel: [depth, 3].</summary>
    public ReadOnlySpan<TVector> Panel<TVector>(int panel, int k, int depth)
        where TVector : struct => MemoryMarshal.Cast<double, TVector>(_values.AsSpan(((panel * Depth) + k) * Width, depth * Width));
}
