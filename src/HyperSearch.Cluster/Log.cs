using System.Net;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Cluster;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "A worker at {Address} has another secret, or none, and was not let in")]
    public static partial void SecretRefused(ILogger logger, IPAddress address);
}
