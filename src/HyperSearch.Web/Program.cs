using HyperSearch.Web;
using HyperSearch.Web.Following;

// "hypersearch serve" starts this program and holds its standard input open: its end is the word to stop, whatever became of the command.
Memory.KeepNoBlocks();
var options = ServeOptions.Parse(args);
await using var server = new LiveServer(options, TimeProvider.System);
try
{
    await server.StartAsync();
}
catch (IOException taken)
{
    await Console.Error.WriteLineAsync($"The page cannot listen at {options.Address}, port {options.Port}: {taken.Message} "
        + "Another --port may be free; --port 0 takes any that is.");
    return 1;
}

try
{
    await Console.Out.WriteLineAsync(server.Invitation);
}
catch (Exception lost) when (lost is IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"error: The output cannot be written: {(lost.InnerException ?? lost).Message}.");
    return 1;
}

await server.RunUntilAsync(Console.OpenStandardInput());
return 0;
