namespace LightDxml.Hosting.Http;

/// <summary>What is wrong with a request, in words that its sender may read.</summary>
internal sealed class RequestFault(int status, string detail) : Exception(detail)
{
    public int Status => status;
}
