// Fixtures run side by side, so that one trains while another measures; all trainings share the cores (RunTraining.Sweep). The two that wait for most come first, each on a thread of its own.

[assembly: Parallelizable(ParallelScope.Fixtures)]
