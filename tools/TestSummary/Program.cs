using System.CommandLine;
using TestSummary;

var results = new Argument<string>("FOLDER") { Description = "The folder that the test run wrote its .trx files into" };
var claims = new Option<string?>("--claims") { Description = "The folder of the claims' evidence, for the table of verdicts", HelpName = "folder" };
var before = new Option<string?>("--before") { Description = "Earlier evidence, to tell what moved", HelpName = "folder" };
var markdown = new Option<bool>("--markdown") { Description = "Markdown, for a job's summary; what is not there is told of, and the exit code is 0" };
var command = new RootCommand("Sums up test results (TRX) and claims' evidence.") { results, claims, before, markdown };
command.SetAction(parsed =>
{
    string folder = parsed.GetRequiredValue(results);
    if (parsed.GetValue(markdown))
    {
        Console.Write(MarkdownSummary.Of(
            Directory.Exists(folder) ? TestResults.Read(folder) : [],
            ClaimEvidence.Read(parsed.GetValue(claims)),
            ClaimEvidence.Read(parsed.GetValue(before))));
        return 0;
    }

    return Directory.Exists(folder)
        ? PlainSummary.Write(TestResults.Read(folder))
        : throw new InvalidDataException($"{folder} does not exist: give the folder that the test run wrote its .trx files into");
});

ParseResult parsed = command.Parse(args);
try
{
    return parsed.Errors.Count == 0
        ? parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false })
        : throw new InvalidDataException($"{parsed.Errors[0].Message.TrimEnd('.')}; see --help");
}
catch (InvalidDataException problem)
{
    Console.Error.WriteLine(problem.Message);
    return 2;
}
