namespace GrokVerify.Networks;

/// <summary>Which parameter of the network each number in an optimiser is.</summary>
/// <remarks>
/// PyTorch numbers parameters one group after the other. In one group that is the network's own order; of several only the order within each is the network's, and the shapes of the moments have to tell which
/// parameter is in which.
/// </remarks>
internal sealed class ParameterNumbers
{
    /// <summary>No network that is read comes near it; shapes that a file makes up could.</summary>
    private const int MostSteps = 100_000;

    private readonly IReadOnlyList<IReadOnlyList<long>> _shapes;
    private readonly IReadOnlyList<IReadOnlyList<long>> _groups;
    private readonly Func<long, IReadOnlyList<long>?> _shapeOf;
    private readonly int[] _next;
    private readonly long[] _numbers;
    private readonly List<long[]> _found = [];
    private int _steps;

    private ParameterNumbers(IReadOnlyList<IReadOnlyList<long>> shapes, IReadOnlyList<IReadOnlyList<long>> groups, Func<long, IReadOnlyList<long>?> shapeOf)
    {
        (_shapes, _groups, _shapeOf) = (shapes, groups, shapeOf);
        _next = new int[groups.Count];
        _numbers = new long[shapes.Count];
    }

    /// <param name="shapes">Of the network's parameters, in its order.</param>
    /// <param name="groups">The numbers of each group; as many in all as there are parameters.</param>
    /// <param name="shapeOf">The shape of a number's moments; null where there are none, which fit everywhere.</param>
    /// <returns>A number for each parameter; null where the groups can be dealt out in no way, or in several.</returns>
    public static long[]? Of(IReadOnlyList<IReadOnlyList<long>> shapes, IReadOnlyList<IReadOnlyList<long>> groups, Func<long, IReadOnlyList<long>?> shapeOf)
    {
        if (groups is [IReadOnlyList<long> all])
        {
            return [.. all];
        }

        var numbers = new ParameterNumbers(shapes, groups, shapeOf);
        numbers.Deal(0);
        return numbers._found is [long[] only] && numbers._steps < MostSteps ? only : null;
    }

    private void Deal(int parameter)
    {
        if (_found.Count > 1 || ++_steps >= MostSteps)
        {
            return;
        }

        if (parameter == _shapes.Count)
        {
            _found.Add([.. _numbers]);
            return;
        }

        for (int group = 0; group < _groups.Count; group++)
        {
            if (_next[group] < _groups[group].Count && Fits(_groups[group][_next[group]], _shapes[parameter]))
            {
                _numbers[parameter] = _groups[group][_next[group]++];
                Deal(parameter + 1);
                _next[group]--;
            }
        }
    }

    private bool Fits(long number, IReadOnlyList<long> shape) => _shapeOf(number) is not IReadOnlyList<long> found || found.SequenceEqual(shape);
}
