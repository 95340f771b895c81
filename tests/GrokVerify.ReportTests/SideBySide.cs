// Fixtures run side by side; runsettings.xml says on how many threads. They share one browser, and nothing else.

[assembly: Parallelizable(ParallelScope.Fixtures)]
