namespace LightDxml.Hosting.Http;

/// <summary>What is wrong with a request, in words that its sender may read.</summary>
/// <param name="isTold">Whether the sender was told already, at the end of a stream of answers.</param>
internal sealed class RequestFault(int status, string detail, bool isTold = false) : Exception(detail)
{
    public int Status => status;

    public bool IsTold => isTold;
}
