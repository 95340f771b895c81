using GrokVerify.Cli;

return CommandLineProgram.Run(args, CommandContext.OfThisProcess());
