using System.Diagnostics;
using GrokVerify.Exact;
using GrokVerify.Training;
int p = int.Parse(args[0]); int steps = int.Parse(args[1]); int threads = int.Parse(args[2]); VectorWidth? w = args.Length > 3 && args[3] != "-" ? Enum.Parse<VectorWidth>(args[3]) : null;
var config = new TrainingConfig { Model = new() { Prime = p }, TrainFraction = p == 113 ? 0.3 : 0.4 };
using var engine = new ExactEngine(config, TrainingState.Initial(config), new ExactEngineOptions { Threads = threads, Width = w, MeasureProducts = args.Length > 4 });
engine.Step();
var times = new List<double>(); var proc = Process.GetCurrentProcess(); for (int i = 0; i < 2; i++) engine.Step(); TimeSpan cpu0 = proc.TotalProcessorTime;
for (int i = 1; i < steps; i++) { long t = Stopwatch.GetTimestamp(); engine.Step(); times.Add(Stopwatch.GetElapsedTime(t).TotalMilliseconds); }
proc.Refresh(); double cpu = (proc.TotalProcessorTime - cpu0).TotalMilliseconds / (steps - 1); times.Sort();
var e = engine.Evaluate(config.CreateSplit().Train);
long t2 = Stopwatch.GetTimestamp(); var te = engine.Evaluate(config.CreateSplit().Test); double ev = Stopwatch.GetElapsedTime(t2).TotalMilliseconds;
Console.WriteLine($"{engine.Capture().Weights.Sha256()[..16]} cpu {cpu:F2} min {(times.Count > 0 ? times[0] : 0):F2} med {(times.Count > 0 ? times[times.Count / 2] : 0):F2} ms, eval {ev:F1} ms; loss {e.Loss:R} {te.Loss:R} acc {e.Accuracy:F4}; products {engine.Products.Flops / engine.Products.Seconds * 1e-9:F1} GF/s per thread {engine.Products.Seconds / steps * 1e3:F2} thread-ms a step; rss {Environment.WorkingSet >> 20} MB {Kernels.Widest}");
