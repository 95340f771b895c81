// Fixtures run side by side; runsettings.xml says on how many threads. [NonParallelizable] is a fixture that measures memory, time or what the whole process allocates, changes
// what the process shares (Verify's settings, torch's number of threads), kills programs, trains for long, emulates a GPU, which takes a hundred threads that wait for one another, or computes with libtorch, which keeps a thread pool for each thread that calls it.

[assembly: Parallelizable(ParallelScope.Fixtures)]
