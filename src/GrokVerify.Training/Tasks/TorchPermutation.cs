namespace GrokVerify.Tasks;

/// <summary>The permutation that <c>torch.randperm(count)</c> gives on the CPU after <c>torch.manual_seed</c>.</summary>
/// <remarks>Source: PyTorch, aten/src/ATen/native/TensorFactories.cpp (randperm_cpu): each place in turn is exchanged with itself or one after it, drawn as a 32-bit number modulo how many there are.</remarks>
internal static class TorchPermutation
{
    /// <param name="count">How many numbers; below 2^32 / 20, from where on torch draws otherwise.</param>
    /// <param name="seed">As given to <c>torch.manual_seed</c>, which uses its low 32 bits.</param>
    public static int[] Of(int count, long seed)
    {
        var twister = new MersenneTwister(unchecked((uint)seed));
        int[] numbers = [.. Enumerable.Range(0, count)];
        for (int i = 0; i < count - 1; i++)
        {
            int j = i + (int)(twister.NextUInt32() % (uint)(count - i));
            (numbers[i], numbers[j]) = (numbers[j], numbers[i]);
        }

        return numbers;
    }
}
