using GrokVerify.Cli;

return CommandLineProgram.Run(args, CommandLineSurroundings.OfThisProcess());
