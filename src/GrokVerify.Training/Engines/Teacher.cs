using GrokVerify.Model;

namespace GrokVerify.Engines;

/// <summary>
/// A network whose softmax over the classes a student is trained on, in place of labels: distillation (Hinton, Vinyals, Dean, arXiv 1503.02531, section 2) at temperature 1.
/// The loss of a train pair is -sum over j of t_j ln p_j. What is logged and evaluated is the loss and the accuracy of the labels, as ever.
/// </summary>
/// <remarks>Its weights come with the state that a run starts from (<see cref="TrainingState.Teacher"/>), and stay in the checkpoints that a run resumes from.</remarks>
public sealed record Teacher
{
    /// <summary>Its shape: the student's modulus, one layer.</summary>
    public required TransformerConfig Model { get; init; }

    /// <summary><see cref="TransformerWeights.Sha256"/> of its weights.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The teacher that a network is.</summary>
    public static Teacher Of(TransformerWeights weights) => new() { Model = weights.Config, Sha256 = weights.Sha256() };

    /// <exception cref="ArgumentException">It cannot teach this configuration; says why, and what to give instead.</exception>
    internal void Validate(TrainingConfig config)
    {
        Model.Validate();
        if (Model.Prime != config.Model.Prime || Model.Layers > 1 || config.Model.Layers > 1)
        {
            throw new ArgumentException($"a teacher of p = {Model.Prime} and {Model.Layers} layers does not fit: give one of p = {config.Model.Prime} and one layer, to a student of one");
        }

        if (config.LossForm != LossForm.Float64)
        {
            throw new ArgumentException("the loss against a teacher is computed in float64: give that form of the loss");
        }
    }
}
