using System.Runtime.ExceptionServices;

namespace LightDxml.Data.Parsing;

/// <summary>
/// Works on a source's pieces over threads. Threads take turns taking the next piece and work at the same time, so memory is
/// one piece a thread beside the results. Results come in the order of the pieces, and of several faults the first in that
/// order is thrown: pieces are taken in order, so every piece before a bad one has been taken and is worked on to its end.
/// </summary>
/// <param name="tryTake">Fills a piece with the source's next; one thread at a time.</param>
/// <param name="nextIndex">The index that the next piece gets.</param>
/// <param name="indexOf">The index of a piece.</param>
internal sealed class OrderedWork<TPiece, TResult>(Func<TPiece, bool> tryTake, Func<int> nextIndex, Func<TPiece, int> indexOf)
    where TPiece : new()
{
    private readonly Lock _turn = new();
    private readonly SortedList<int, TResult> _results = [];
    private int _faultIndex = int.MaxValue;
    private ExceptionDispatchInfo? _fault;
    private int _remaining;

    /// <param name="threads">0 takes every processor.</param>
    /// <param name="newWorker">Makes what one thread works with.</param>
    /// <param name="mostPieces">Pieces to take at most.</param>
    /// <returns>A result a piece; none at the end of the source.</returns>
    public TResult[] Run(int threads, Func<Func<TPiece, TResult>> newWorker, int mostPieces = int.MaxValue)
    {
        _remaining = mostPieces;
        _results.Clear();
        threads = RowRanges.ResolveThreads(threads);
        if (threads == 1)
            Work(newWorker());
        else
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ => Work(newWorker()));
        _fault?.Throw();
        return [.. _results.Values];
    }

    private void Work(Func<TPiece, TResult> worker)
    {
        var piece = new TPiece();
        while (TryTake(piece))
        {
            try
            {
                var result = worker(piece);
                lock (_turn)
                    _results.Add(indexOf(piece), result);
            }
            catch (Exception exception)
            {
                Stop(indexOf(piece), exception);
            }
        }
    }

    private bool TryTake(TPiece piece)
    {
        lock (_turn)
        {
            try
            {
                return _fault is null && _remaining-- > 0 && tryTake(piece);
            }
            catch (Exception exception)
            {
                Stop(nextIndex(), exception);
                return false;
            }
        }
    }

    private void Stop(int index, Exception exception)
    {
        lock (_turn)
        {
            if (index >= _faultIndex)
                return;
            _faultIndex = index;
            _fault = ExceptionDispatchInfo.Capture(exception);
        }
    }
}
