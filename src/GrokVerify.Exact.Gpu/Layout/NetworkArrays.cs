using System.Runtime.CompilerServices;
using GrokVerify.Exact.Gpu.Arithmetic;
using ILGPU;

namespace GrokVerify.Exact.Gpu.Layout;

/// <summary>The memory of a fleet's networks, one behind the other and laid out alike. The second index of a launch's grid says which network a group of threads works on.</summary>
internal struct NetworkArrays
{
    /// <summary>All numbers.</summary>
    public ArrayView<float> Floats;

    /// <summary>The same, by four.</summary>
    public ArrayView<Quad> Quads;

    /// <summary>Pairs and their groups.</summary>
    public ArrayView<int> Integers;

    /// <summary>For each network of a launch its place, or -1 for none.</summary>
    public ArrayView<int> Working;

    /// <summary>Numbers of one network.</summary>
    public int FloatsEach;

    /// <summary>Integers of one network.</summary>
    public int IntegersEach;

    /// <summary>The place of this group's network, or -1.</summary>
    public readonly int Place
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Working[Grid.IdxY];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ArrayView<float> FloatsOf(int place) => Floats.SubView((long)place * FloatsEach, FloatsEach);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ArrayView<Quad> QuadsOf(int place) => Quads.SubView((long)place * (FloatsEach / Quad.Width), FloatsEach / Quad.Width);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ArrayView<int> IntegersOf(int place) => Integers.SubView((long)place * IntegersEach, IntegersEach);
}
