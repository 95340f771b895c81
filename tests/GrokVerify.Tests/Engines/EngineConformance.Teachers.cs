using GrokVerify.Engines;
using GrokVerify.Model;
using static TorchSharp.torch;

namespace GrokVerify.Tests.Engines;

/// <summary>Students of a teacher of another width, whose weights are twice the usual ones: its answers are wrong, and surer than a fresh network's.</summary>
public abstract partial class EngineConformance
{
    protected static readonly TransformerWeights TeacherNetwork =
        TrainingState.Initial(new() { Model = new() { Prime = 11, DModel = 8, Heads = 2, DMlp = 16 }, Seed = 5, InitialScale = 2 }).Weights;

    protected static readonly TrainingConfig Student = Small with { LearningRate = 1e-2, LossForm = LossForm.Float64, Teacher = Teacher.Of(TeacherNetwork) };

    /// <summary>The tolerance is that of labels: the teacher's own logits, of order 1, are off by 1e-6 in float32.</summary>
    [Test]
    public void The_gradient_against_a_teacher_is_that_of_autograd([Values] bool equalsIsNoClass, [Values(0, 40)] int steps)
    {
        TrainingConfig config = Student with { EqualsIsNoClass = equalsIsNoClass };
        using ITrainingEngine engine = Create(config, StudentOf(config));
        Steps(engine, steps);

        double[] actual = Gradient(engine);
        double[] expected = Oracle.Gradient(config, Parameters(engine), TeacherNetwork);

        foreach ((string tensor, double relative) in GradientError.ByTensor(config.Model, actual, expected))
        {
            relative.Should().BeLessThan(IsFloat64 ? 1e-12 : 1.6e-5, $"of the gradient of {tensor}");
        }

        GradientError.ByTensor(config.Model, actual, Oracle.Gradient(config, Parameters(engine))).Select(tensor => tensor.Relative).Max().Should().BeGreaterThan(0.1, "labels say something else");
    }

    [Test]
    public void A_student_learns_what_its_teacher_says()
    {
        using ITrainingEngine engine = Create(Student with { WeightDecay = 0 }, StudentOf(Student));
        Steps(engine, 300);

        int Agreements(TransformerWeights network) => Answers(network).Zip(Answers(TeacherNetwork), (student, teacher) => student == teacher ? 1 : 0).Sum();
        Agreements(engine.Capture().Weights).Should().BeGreaterThan(55, "of 60 train pairs");
        Agreements(TrainingState.Initial(Student).Weights).Should().BeLessThan(30);
        engine.Capture().Teacher.Should().BeSameAs(TeacherNetwork);
    }

    [Test]
    public void A_state_without_the_teacher_or_with_another_is_refused()
    {
        TrainingState other = TrainingState.Initial(Student) with { Teacher = new TransformerWeights(TeacherNetwork.Config, new float[TeacherNetwork.Values.Length]) };

        FluentActions.Invoking(() => Create(Student, TrainingState.Initial(Student))).Should().Throw<ArgumentException>().WithMessage("the state holds no teacher, *");
        FluentActions.Invoking(() => Create(Student, other)).Should().Throw<ArgumentException>().WithMessage("the state has another teacher, *");
        FluentActions.Invoking((Student with { LossForm = LossForm.Log1p }).Validate).Should().Throw<ArgumentException>().WithMessage("*in float64*");
        FluentActions.Invoking((Student with { Model = new() { Prime = 13 } }).Validate).Should().Throw<ArgumentException>().WithMessage("a teacher of p = 11 *give one of p = 13 *");
    }

    protected static TrainingState StudentOf(TrainingConfig config) => TrainingState.Initial(config) with { Teacher = TeacherNetwork };

    /// <summary>The largest logit of each train pair.</summary>
    private static int[] Answers(TransformerWeights network)
    {
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        using var transformer = new Transformer(network);
        Tensor logits = transformer.Forward(transformer.Tokens(Student.CreateSplit().Train)).Logits.select(1, TransformerConfig.ReadoutPosition);
        return [.. logits.argmax(1).data<long>().ToArray().Select(answer => (int)answer)];
    }
}
