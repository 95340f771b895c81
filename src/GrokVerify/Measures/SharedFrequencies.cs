using GrokVerify.Tasks;

namespace GrokVerify.Measures;

/// <summary>How many frequencies key sets share, and how likely sets drawn evenly are to share as many.</summary>
/// <remarks>
/// That every frequency is as likely is exact: multiplying all tokens by a number u prime to p turns frequency k into k/u and changes neither the task, nor how likely initial weights and pairs are.
/// </remarks>
internal static class SharedFrequencies
{
    private const int Draws = 10_000;

    /// <summary>Shared frequencies, summed over pairs of sets.</summary>
    public static int Count(IReadOnlyList<IReadOnlyList<int>> sets)
    {
        int shared = 0;
        for (int i = 0; i < sets.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                shared += sets[i].Intersect(sets[j]).Count();
            }
        }

        return shared;
    }

    /// <summary>
    /// The share of 10,000 draws, always the same ones, in which as many sets of the same sizes share as many frequencies or more; 0..1, above 0.
    /// </summary>
    /// <param name="sets">Key sets, each without repetition.</param>
    /// <param name="frequencyCount">(p-1)/2; at least the size of each set.</param>
    public static double ChanceOfAsMany(IReadOnlyList<IReadOnlyList<int>> sets, int frequencyCount)
    {
        int measured = Count(sets);
        var random = new PythonRandom(0);
        int[] all = [.. Enumerable.Range(1, frequencyCount)];
        int asMany = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            var drawn = new IReadOnlyList<int>[sets.Count];
            for (int set = 0; set < drawn.Length; set++)
            {
                random.Shuffle(all);
                drawn[set] = all[..sets[set].Count];
            }

            asMany += Count(drawn) >= measured ? 1 : 0;
        }

        // The measured sets count as one draw: a p-value of zero would claim more than draws can show.
        return (asMany + 1.0) / (Draws + 1);
    }
}
