using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>Which labels' problems are solved, so that they can be saved while threads solve others.</summary>
/// <param name="full">The same as <paramref name="blind"/> where no points are held out.</param>
internal sealed class SolvedLabels(int labels, SparseHeadRows blind, SparseHeadRows full)
{
    private readonly Lock _turn = new();
    private readonly bool[] _isSolved = new bool[labels];
    private int _count;

    /// <summary>Whether an earlier process, or the caller's thread, has solved the label.</summary>
    public bool Has(int label) => _isSolved[label];

    public bool HaveAll(int first, int end) => !_isSolved.AsSpan(first..end).Contains(false);

    /// <returns>Labels that are solved.</returns>
    public int Add(int first, int end)
    {
        lock (_turn)
        {
            for (var label = first; label < end; label++)
            {
                _count += _isSolved[label] ? 0 : 1;
                _isSolved[label] = true;
            }

            return _count;
        }
    }

    public void Write(SafetensorsWriter file)
    {
        int[] solved;
        lock (_turn)
            solved = [.. Enumerable.Range(0, labels).Where(label => _isSolved[label])];
        file.Add("labels", solved);
        blind.Write(file, "blind", solved);
        if (!ReferenceEquals(blind, full))
            full.Write(file, "full", solved);
    }

    /// <returns>Labels that are solved.</returns>
    public int Read(SafetensorsFile file)
    {
        var solved = file.Whole("labels");
        blind.Read(file, "blind", solved);
        if (!ReferenceEquals(blind, full))
            full.Read(file, "full", solved);
        foreach (var label in solved)
            _isSolved[label] = true;
        return _count = solved.Length;
    }
}
