namespace GrokVerify.Formats.PyTorch;

/// <summary>Makes sure that no list, tuple or dict of a pickle holds itself, and that none is nested deeply; one that several hold is no harm, nor are objects that know each other.</summary>
internal static class PickleGraph
{
    private const int MostLevels = 64;

    /// <returns>What is wrong with it; null for nothing.</returns>
    public static string? Problem(object? root)
    {
        var path = new Stack<(PickleContainer Container, int Next)>();
        if (root is PickleContainer first)
        {
            first.Visit = PickleVisit.Open;
            path.Push((first, 0));
        }

        while (path.TryPop(out (PickleContainer Container, int Next) top))
        {
            if (top.Next == top.Container.ChildCount)
            {
                top.Container.Visit = PickleVisit.Done;
                continue;
            }

            path.Push((top.Container, top.Next + 1));
            if (top.Container.Child(top.Next) is not PickleContainer { Visit: not PickleVisit.Done, ChildCount: > 0 } child)
            {
                continue;
            }

            if (child.Visit == PickleVisit.Open)
            {
                if (path.TakeWhile(inside => inside.Container != child).Any(inside => inside.Container is PickleObject) || child is PickleObject)
                {
                    continue;
                }

                return "a list, tuple or dict that contains itself";
            }

            if (path.Count == MostLevels)
            {
                return $"containers nested more than {MostLevels} deep";
            }

            child.Visit = PickleVisit.Open;
            path.Push((child, 0));
        }

        return null;
    }
}
