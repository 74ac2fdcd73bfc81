using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LightDxml.Models;
using Microsoft.Data.Sqlite;

namespace LightDxml.Hosting.Feedback;

/// <summary>What people said of labels, in a file of SQLite: for each text of a model the labels that are right, and those that are wrong.</summary>
internal sealed class FeedbackStore : IDisposable
{
    /// <summary>Says in the file's header that the file is one of these: "LDXF".</summary>
    private const int ApplicationId = 0x4C44_5846;

    private const int PageBytes = 4096;

    /// <summary>What SQLite says of a file that may not grow, and of one that is something else.</summary>
    private const int Full = 13, NoDatabase = 26;

    /// <summary>Goes through the texts in their order: by the index of models and hashes all of them would be sorted for each page.</summary>
    internal const string Documents = """
        SELECT id, text FROM document NOT INDEXED
        WHERE model = $model AND id > $after AND EXISTS (SELECT 1 FROM judgement WHERE document = id AND accepted = 1) ORDER BY id LIMIT $most
        """;

    internal const string Judgements = "SELECT label, accepted FROM judgement WHERE document = $document ORDER BY label";

    private readonly Lock _lock = new();
    private readonly SqliteConnection _connection;

    /// <param name="mostBytes">What the file may grow to.</param>
    /// <exception cref="LightDxmlException">The file is something else, in a model's folder, or cannot be written.</exception>
    public FeedbackStore(string path, long mostBytes)
    {
        // A save of the model puts another folder in place of this one, and what is said afterwards would be lost with it.
        if (ModelStore.FolderAround(path) is { } model)
            throw new LightDxmlException($"{path} is in the folder of a model, {model}, which a save replaces. --feedback names a file elsewhere.");
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 10 }.ToString());
        try
        {
            _connection.Open();
            var isNew = Number("SELECT count(*) FROM sqlite_schema") == 0;
            if (!isNew && Number("PRAGMA application_id") != ApplicationId)
                throw new LightDxmlException($"{path} is a database of something else. --feedback names a file of its own, which need not be there.");
            Execute(string.Create(CultureInfo.InvariantCulture, $"""
                PRAGMA application_id = {ApplicationId};
                PRAGMA journal_mode = WAL;
                PRAGMA max_page_count = {Math.Max(16, mostBytes / PageBytes)};
                CREATE TABLE IF NOT EXISTS document (id INTEGER PRIMARY KEY, model TEXT NOT NULL, hash BLOB NOT NULL, text TEXT NOT NULL, UNIQUE (model, hash));
                CREATE TABLE IF NOT EXISTS judgement (
                    document INTEGER NOT NULL REFERENCES document, label TEXT NOT NULL, accepted INTEGER NOT NULL, PRIMARY KEY (document, label)) WITHOUT ROWID;
                """));
        }
        catch (SqliteException fault)
        {
            _connection.Dispose();
            throw new LightDxmlException(
                fault.SqliteErrorCode == NoDatabase ? $"{path} is not a file of feedback. --feedback names one of its own, which need not be there." : $"{path} cannot be used for feedback: {fault.Message}", fault);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Keeps what is said of labels; what was said of the same labels of the same text before is forgotten.</summary>
    /// <returns>False where the file is as large as it may be, and nothing is kept.</returns>
    public bool Add(string model, string text, IEnumerable<string> accepted, IEnumerable<string> rejected)
    {
        lock (_lock)
        {
            using var transaction = _connection.BeginTransaction();
            try
            {
                using var document = Command(
                    "INSERT INTO document (model, hash, text) VALUES ($model, $hash, $text) ON CONFLICT DO UPDATE SET model = model RETURNING id",
                    ("$model", model), ("$hash", SHA256.HashData(Encoding.UTF8.GetBytes(text))), ("$text", text));
                var id = (long)document.ExecuteScalar()!;
                foreach (var (label, isAccepted) in accepted.Select(label => (label, 1)).Concat(rejected.Select(label => (label, 0))))
                {
                    using var judgement = Command("INSERT OR REPLACE INTO judgement VALUES ($document, $label, $accepted)", ("$document", id), ("$label", label), ("$accepted", isAccepted));
                    judgement.ExecuteNonQuery();
                }

                transaction.Commit();
                return true;
            }
            catch (SqliteException fault) when (fault.SqliteErrorCode == Full)
            {
                return false;
            }
        }
    }

    /// <summary>Texts of a model with labels that are right, in the order in which they came.</summary>
    /// <param name="after">The number of a text; those after it are read.</param>
    /// <param name="mostTexts">Texts at most.</param>
    /// <param name="mostCharacters">Characters of the texts at most, unless the first has more.</param>
    public IReadOnlyList<JudgedText> Read(string model, long after, int mostTexts, int mostCharacters)
    {
        lock (_lock)
        {
            var texts = new List<JudgedText>();
            using var documents = Command(Documents, ("$model", model), ("$after", after), ("$most", mostTexts));
            using var judgements = Command(Judgements, ("$document", 0L));
            using var reader = documents.ExecuteReader();
            for (var characters = 0; reader.Read();)
            {
                var text = reader.GetString(1);
                characters += text.Length;
                if (texts.Count > 0 && characters > mostCharacters)
                    break;
                var judged = new JudgedText(reader.GetInt64(0), text, [], []);
                judgements.Parameters[0].Value = judged.Id;
                using var labels = judgements.ExecuteReader();
                while (labels.Read())
                    (labels.GetBoolean(1) ? judged.Accepted : judged.Rejected).Add(labels.GetString(0));
                texts.Add(judged);
            }

            return texts;
        }
    }

    public void Dispose() => _connection.Dispose();

    private SqliteCommand Command(string text, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        return command;
    }

    private void Execute(string text)
    {
        using var command = Command(text);
        command.ExecuteNonQuery();
    }

    private long Number(string text)
    {
        using var command = Command(text);
        return (long)command.ExecuteScalar()!;
    }
}

/// <summary>A text, and what was said of its labels.</summary>
internal sealed record JudgedText(long Id, string Text, List<string> Accepted, List<string> Rejected);
