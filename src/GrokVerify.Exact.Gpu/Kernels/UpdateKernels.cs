using GrokVerify.Exact.Gpu.Arithmetic;
using GrokVerify.Exact.Gpu.Layout;
using GrokVerify.Exact.Optimizer;
using ILGPU;

namespace GrokVerify.Exact.Gpu.Kernels;

/// <summary>What an update reads and writes.</summary>
internal struct UpdateArrays
{
    public int Weights;
    public int Gradient;
    public int FirstMoment;
    public int SecondMoment;
    public int Count;

    /// <summary>[steps prepared, networks]: what differs from step to step.</summary>
    public ArrayView<AdamWStep> Steps;

    /// <summary>[steps prepared, networks]: what the weights at some frequencies are multiplied by.</summary>
    public ArrayView<float> FrequencyFactors;

    /// <summary>[networks]: the present step's place among these.</summary>
    public ArrayView<int> Present;

    /// <summary>Networks that there is room for.</summary>
    public int Places;

    /// <summary>[networks, stretches].</summary>
    public ArrayView<double> StretchSums;

    /// <summary>[networks]: the squares of the norms to keep.</summary>
    public ArrayView<double> SumsOfSquares;
    public int FirstStretch;
    public int StretchLength;
    public int Stretches;

    public readonly int StepOf(int place) => (Present[place] * Places) + place;
}

/// <summary>The update of all weights.</summary>
internal static class UpdateKernels
{
    /// <summary>AdamW: a parameter for each thread. As <c>AdamWStep.Update</c>.</summary>
    public static void AdamW(NetworkArrays networks, UpdateArrays arrays)
    {
        int place = networks.Place;
        int i = Grid.GlobalIndex.X;
        if (place < 0 || i >= arrays.Count)
        {
            return;
        }

        ArrayView<float> memory = networks.FloatsOf(place);
        AdamWStep step = arrays.Steps[arrays.StepOf(place)];
        float gradient = memory[arrays.Gradient + i];
        float first = step.FirstMoment<GpuLanes, float>(memory[arrays.FirstMoment + i], gradient);
        float second = step.SecondMoment<GpuLanes, float>(memory[arrays.SecondMoment + i], gradient);
        memory[arrays.FirstMoment + i] = first;
        memory[arrays.SecondMoment + i] = second;
        memory[arrays.Weights + i] = step.Parameter<GpuLanes, float>(memory[arrays.Weights + i], first, second);
    }

    /// <summary>The sum of squares of a stretch of weights for each group of threads, ascending. As <c>ConstantNorm.Sum</c>.</summary>
    public static void SumStretches(NetworkArrays networks, UpdateArrays arrays)
    {
        ArrayView<double> terms = SharedMemory.Allocate<double>(OrderedSum.Terms);
        int place = networks.Place;
        if (place < 0)
        {
            return;
        }

        ArrayView<float> memory = networks.FloatsOf(place);
        int stretch = Grid.IdxX;
        int first = stretch == 0 ? 0 : arrays.FirstStretch + ((stretch - 1) * arrays.StretchLength);
        int end = stretch == 0 ? arrays.FirstStretch : Math.Min(first + arrays.StretchLength, arrays.Count);
        double sum = 0;
        for (; first < end; first += OrderedSum.Terms)
        {
            int present = Math.Min(OrderedSum.Terms, end - first);
            double value = memory[arrays.Weights + first + Math.Min(Group.IdxX, present - 1)];
            sum = OrderedSum.Add(terms, sum, value * value, present);
        }

        if (Group.IdxX == 0)
        {
            arrays.StretchSums[((long)place * arrays.Stretches) + stretch] = sum;
        }
    }

    /// <summary>Back to the norm: a weight for each thread. As <c>ConstantNorm.Rescale</c>.</summary>
    public static void Rescale(NetworkArrays networks, UpdateArrays arrays)
    {
        int place = networks.Place;
        int i = Grid.GlobalIndex.X;
        if (place < 0 || i >= arrays.Count)
        {
            return;
        }

        double total = 0;
        for (int stretch = 0; stretch < arrays.Stretches; stretch++)
        {
            total += arrays.StretchSums[((long)place * arrays.Stretches) + stretch];
        }

        ArrayView<float> memory = networks.FloatsOf(place);
        float factor = (float)Math.Sqrt(arrays.SumsOfSquares[place] / total);
        memory[arrays.Weights + i] *= factor;
    }

    /// <summary>Gives back what was decayed at some frequencies: an element for each thread. As <c>FrequencyDecayUpdate.Add</c>.</summary>
    public static void AddProjected(NetworkArrays networks, UpdateArrays arrays, int weights, int projected, int count)
    {
        int place = networks.Place;
        int i = Grid.GlobalIndex.X;
        if (place < 0 || i >= count)
        {
            return;
        }

        ArrayView<float> memory = networks.FloatsOf(place);
        float factor = arrays.FrequencyFactors[arrays.StepOf(place)];
        memory[weights + i] = RoundedArithmetic.MultiplyAdd(factor, memory[projected + i], memory[weights + i]);
    }

    /// <summary>Ends the step.</summary>
    public static void Advance(NetworkArrays networks, UpdateArrays arrays)
    {
        int place = networks.Place;
        if (place >= 0 && Group.IdxX == 0)
        {
            arrays.Present[place]++;
        }
    }
}
