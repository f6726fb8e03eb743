using System.ComponentModel;

namespace HyperSearch.Hosting.Execution;

/// <summary>Tells a failure for want of open files, which no trial has deserved, from other failures.</summary>
internal static class OpenFileLimit
{
    private const int OfSystem = 23, OfProcess = 24; // ENFILE and EMFILE on every Unix; .NET leaves them in HResult

    /// <summary>Whether an exception comes from the limit of open files, or the process stands at the limit at this moment.</summary>
    public static bool IsReached(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is IOException { HResult: OfSystem or OfProcess } or Win32Exception { NativeErrorCode: OfSystem or OfProcess })
                return true;
        }

        return StandsAtIt();
    }

    /// <summary>A library that cannot be loaded, or a program's own complaint, does not carry the number: one more file is tried.</summary>
    private static bool StandsAtIt()
    {
        if (OperatingSystem.IsWindows())
            return false;
        try
        {
            using var file = File.OpenHandle("/dev/null");
            return false;
        }
        catch (IOException refusal)
        {
            return refusal.HResult is OfSystem or OfProcess;
        }
    }
}
