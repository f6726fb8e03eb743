namespace HyperSearch.Training.Scores;

/// <summary>Counts which rows of a part were taken for which class; what sees a rare class follows from it.</summary>
/// <remarks>
/// Only mistakes are counted, so that a row that was judged rightly costs nothing. A tally is used again each epoch. The definitions and
/// their sources stand at <see cref="Evaluation"/>. Not thread safe.
/// </remarks>
internal sealed class ClassTally
{
    /// <summary>Fewer scores than this are sorted by comparing.</summary>
    private const int FewScores = 256;

    private readonly int[] _rows;
    private readonly int[] _missed;
    private readonly int[] _taken;
    private readonly int? _positive;
    private readonly uint[] _scores;
    private readonly uint[] _sorted;

    /// <summary>A tally in which every row is judged rightly.</summary>
    /// <param name="labels">Class of each row.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="positive">The class whose F1 is told; null for the mean over all.</param>
    /// <param name="ranks">Whether scores will be given, for the area under the curve.</param>
    public ClassTally(ReadOnlySpan<int> labels, int classes, int? positive, bool ranks)
    {
        (_rows, _missed, _taken, _positive) = (new int[classes], new int[classes], new int[classes], positive);
        foreach (var label in labels)
            _rows[label]++;
        Rows = labels.Length;
        (_scores, _sorted) = ranks ? (new uint[labels.Length], new uint[labels.Length]) : ([], []);
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Whether the rows are given scores.</summary>
    public bool Ranks => _scores.Length > 0;

    /// <summary>1 − the mean share of each class that is found; null without rows.</summary>
    public double? BalancedError
    {
        get
        {
            var (sum, classes) = (0.0, 0);
            for (var c = 0; c < _rows.Length; c++)
            {
                if (_rows[c] > 0)
                    (sum, classes) = (sum + (double)_missed[c] / _rows[c], classes + 1);
            }

            return classes == 0 ? null : sum / classes;
        }
    }

    /// <summary>F1 of the positive class, or the mean of all that occur; null without rows.</summary>
    public double? F1
    {
        get
        {
            if (_positive is { } positive)
                return Rows == 0 ? null : F1Of(positive);
            var (sum, classes) = (0.0, 0);
            for (var c = 0; c < _rows.Length; c++)
            {
                if (_rows[c] > 0)
                    (sum, classes) = (sum + F1Of(c), classes + 1);
            }

            return classes == 0 ? null : sum / classes;
        }
    }

    /// <summary>Area under the ROC curve; null where no scores were given or a class does not occur.</summary>
    public double? Auc
    {
        get
        {
            if (_scores.Length == 0 || _rows[0] == 0 || _rows[1] == 0)
                return null;
            Sort(_scores, _sorted);
            long twiceWon = 0, below = 0;
            for (var i = 0; i < _scores.Length;)
            {
                var score = _scores[i] >> 1;
                long positive = 0, negative = 0;
                for (; i < _scores.Length && _scores[i] >> 1 == score; i++)
                    (positive, negative) = (positive + (_scores[i] & 1), negative + 1 - (_scores[i] & 1));
                twiceWon += positive * (2 * below + negative);
                below += negative;
            }

            return twiceWon / (2.0 * _rows[0] * _rows[1]);
        }
    }

    /// <summary>All rows of several parts together.</summary>
    /// <param name="parts">At least one; a part that was given scores must not have been asked for <see cref="Auc"/>.</param>
    public static ClassTally Sum(IReadOnlyList<ClassTally> parts)
    {
        var sum = new ClassTally(parts);
        foreach (var part in parts)
        {
            for (var c = 0; c < sum._rows.Length; c++)
            {
                sum._rows[c] += part._rows[c];
                sum._missed[c] += part._missed[c];
                sum._taken[c] += part._taken[c];
            }
        }

        return sum;
    }

    /// <summary>Begins anew with every row judged rightly.</summary>
    public void Clear()
    {
        Array.Clear(_missed);
        Array.Clear(_taken);
    }

    /// <summary>Notes a row that was taken for a class that it is not.</summary>
    public void Mistake(int actual, int predicted)
    {
        _missed[actual]++;
        _taken[predicted]++;
    }

    /// <summary>Notes how probable the second class is for a row.</summary>
    /// <param name="row">From 0.</param>
    /// <param name="actual">0 or 1.</param>
    /// <param name="probability">Of class 1; numbers not negative order as their bits do.</param>
    public void Score(int row, int actual, float probability) =>
        _scores[row] = (BitConverter.SingleToUInt32Bits(probability) << 1) | (uint)actual;

    private ClassTally(IReadOnlyList<ClassTally> parts)
    {
        var classes = parts[0]._rows.Length;
        (_rows, _missed, _taken, _positive) = (new int[classes], new int[classes], new int[classes], parts[0]._positive);
        Rows = parts.Sum(static part => part.Rows);
        _scores = [.. parts.SelectMany(static part => part._scores)];
        _sorted = new uint[_scores.Length];
    }

    private double F1Of(int c)
    {
        int found = _rows[c] - _missed[c], told = found + _taken[c];
        return told + _rows[c] == 0 ? 0 : 2.0 * found / (told + _rows[c]);
    }

    /// <summary>Sorts whole numbers byte by byte, the lowest first: linear in their count, which an epoch can afford.</summary>
    private static void Sort(Span<uint> keys, Span<uint> room)
    {
        if (keys.Length < FewScores)
        {
            keys.Sort();
            return;
        }

        Span<int> counts = stackalloc int[4 * 256];
        counts.Clear();
        foreach (var key in keys)
        {
            counts[(int)(key & 255)]++;
            counts[256 + (int)((key >> 8) & 255)]++;
            counts[512 + (int)((key >> 16) & 255)]++;
            counts[768 + (int)(key >> 24)]++;
        }

        for (var place = 0; place < 4; place++)
        {
            var starts = counts.Slice(256 * place, 256);
            var start = 0;
            for (var digit = 0; digit < 256; digit++)
                (starts[digit], start) = (start, start + starts[digit]);
            var shift = 8 * place;
            foreach (var key in keys)
                room[starts[(int)((key >> shift) & 255)]++] = key;
            var sorted = room;
            room = keys;
            keys = sorted;
        }
    }
}
