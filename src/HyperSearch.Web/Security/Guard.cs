using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace HyperSearch.Web.Security;

/// <summary>Decides which requests are answered at all.</summary>
/// <remarks>
/// Loopback is not a user: every user of a machine can open its ports, and so can every page in a browser. So a request must name this
/// server (else it is another name that was made to lead here), know the token, and, where it changes something, come from a page of this
/// server by a script.
/// </remarks>
/// <param name="token">The token that requests must know; <c>null</c> for none.</param>
/// <param name="isLoopback">Whether only this machine reaches the server, so that its names are known.</param>
/// <param name="port">The port, once it is known.</param>
internal sealed class Guard(string? token, bool isLoopback, Func<int> port)
{
    /// <summary>The header that a request which changes something carries; no form and no other origin can send it.</summary>
    public const string Header = "X-HyperSearch";

    /// <summary>What a page may load and do: its own files, nothing inline.</summary>
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>The cookie's name; the port is in it, because cookies know no ports.</summary>
    public string Cookie => FormattableString.Invariant($"hypersearch-{port()}");

    /// <summary>Answers a request that is refused, or lets it through.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var (request, response) = (context.Request, context.Response);
        Protect(response.Headers);
        if (isLoopback && !IsThisServer(request.Host))
        {
            await RefuseAsync(response, StatusCodes.Status421MisdirectedRequest,
                $"This server is http://127.0.0.1:{port()}, not {request.Host}.");
        }
        else if (Invites(request))
        {
            response.Cookies.Append(Cookie, token!, new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                Secure = request.IsHttps,
                MaxAge = Lifetime,
                Path = "/",
            });
            response.Headers.Location = request.Path.ToUriComponent();
            response.StatusCode = StatusCodes.Status303SeeOther; // the token leaves the address, and so the history of the browser
        }
        else if (!IsKnown(request))
        {
            await RefuseAsync(response, StatusCodes.Status401Unauthorized,
                "This page needs a token. Open the address that \"hypersearch serve\" printed.");
        }
        else if (Changes(request) && !IsOwnScript(request))
        {
            await RefuseAsync(response, StatusCodes.Status403Forbidden,
                "Only a page of this server may change something.");
        }
        else
        {
            await next(context);
        }
    }

    private static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    private bool IsThisServer(HostString host) =>
        host.Host is "localhost" or "127.0.0.1" or "[::1]" && (host.Port ?? 80) == port();

    /// <summary>Whether a person comes with the address that was printed.</summary>
    private bool Invites(HttpRequest request) => token is not null && HttpMethods.IsGet(request.Method)
        && request.Query["token"] is [{ } given] && Is(given);

    private bool IsKnown(HttpRequest request) => token is null
        || (request.Cookies[Cookie] is { } kept && Is(kept))
        || (request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.Ordinal) && Is(header[7..]));

    private static bool Changes(HttpRequest request) => !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);

    private static bool IsOwnScript(HttpRequest request) => request.Headers.ContainsKey(Header)
        && request.Headers.Origin is [{ } origin] && origin == $"{request.Scheme}://{request.Host}";

    private bool Is(string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(token!));

    private static Task RefuseAsync(HttpResponse response, int status, string sentence)
    {
        response.StatusCode = status;
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync(sentence);
    }
}
