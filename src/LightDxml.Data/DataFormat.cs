namespace LightDxml.Data;

/// <summary>The text formats of data sets in one file. Each may be gzip- or Brotli-compressed.</summary>
public enum DataFormat
{
    /// <summary>
    /// Reading: svmlight by the extensions <c>.svm</c>, <c>.svmlight</c> and <c>.libsvm</c>; else XML repository when the
    /// first line is three whole numbers, and svmlight when it is not. Writing: by the extension, else XML repository.
    /// </summary>
    Auto,

    /// <summary><c>points features labels</c>, then <c>label,label feature:value …</c>; a point without labels starts with a blank.</summary>
    XmlRepository,

    /// <summary><c>label,label feature:value … # comment</c> without a header. Ids are taken as they are written: 5 is column 5.</summary>
    SvmLight,
}
