using System.Text.Json;
using LightDxml.Cli.Input;
using LightDxml.Data;

namespace LightDxml.Cli.Tests;

/// <summary>Every command reads every form, and label spaces are joined. Predictions of the truth itself have P@1 1.</summary>
public sealed class InputTests : IDisposable
{
    private readonly TinyDataset _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("tst_X.txt,tst_Y.txt")]
    [InlineData("tst_Y.txt")]
    [InlineData("test.svm")]
    public void Evaluate_PredictionsAgainstAnyFormOfTheTruth_HaveTheSameFigures(string truth)
    {
        Split("test.txt", "tst_X.txt", "tst_Y.txt");
        File.WriteAllLines(_data["test.svm"], File.ReadLines(_data["test.txt"]).Skip(1));
        File.WriteAllLines(_data["p.txt"], ["60 12", .. File.ReadLines(_data["test.txt"]).Skip(1).Select(line => $"{line.Split(',')[0]}:1")]);

        Assert.Equal(1, Precision("--predictions", _data["p.txt"], "--test", string.Join(',', truth.Split(',').Select(name => _data[name])), "--train", _data["train.txt"]));
    }

    [Fact]
    public void ColumnsOfLabels_OfTheTestSet_AreThoseOfTheTrainingSet_InAnyOrder()
    {
        File.WriteAllText(_data["train.csv"], "text,a,b,c\nx,1,0,0\ny,0,1,1\n");
        File.WriteAllText(_data["test.csv"], "text,a,other,c,b\nx,0,1,0,1\ny,1,1,0,0\n");
        File.WriteAllText(_data["p.jsonl"], "{\"labels\":[{\"label\":\"b\",\"score\":1}]}\n{\"labels\":[{\"label\":\"a\",\"score\":1}]}\n");
        Assert.Equal(1, Precision("--predictions", _data["p.jsonl"], "--train", _data["train.csv"], "--test", _data["test.csv"], "--labels-field", "a..c"));
    }

    // The other declarations: values in another order, one more, attributes in another order.
    [Theory]
    [InlineData("@attribute shade {grey,blue,red}\n@attribute size numeric\n", "shade,size")]
    [InlineData("@attribute size numeric\n@attribute shade {red,blue}\n", "size,shade")]
    public void FeaturesOfArff_GoByTheirNames(string attributes, string row)
    {
        const string Labels = "@attribute warm {0,1}\n@attribute cold {0,1}\n@data\n";
        (string Shade, string Size, string Labels)[] documents = [.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? ("red", $"0.{i % 3}", "1,0") : ("blue", $"0.{i % 3}", "0,1"))];
        File.WriteAllText(_data["train.arff"], $"@relation colours\n@attribute shade {{red,blue}}\n@attribute size numeric\n{Labels}{Rows("shade,size")}");
        File.WriteAllText(_data["other.arff"], $"@relation colours\n{attributes}{Labels}{Rows(row)}");
        Succeed("train", "--train", _data["train.arff"], "--validation", _data["other.arff"], "--output", _data["model.ldx"], "--ensemble", "2", "--set", "schedule.epochs=6", "encoder.dimensions=8");
        var expected = Succeed("predict", "--model", _data["model.ldx"], "--input", _data["train.arff"]).Output;
        Assert.Equal(expected, Succeed("predict", "--model", _data["model.ldx"], "--input", _data["other.arff"]).Output);
        Assert.Equal(1, Precision("--model", _data["model.ldx"], "--test", _data["other.arff"]));
        File.WriteAllText(_data["more.arff"], $"@relation colours\n@attribute shade {{grey,blue}}\n@attribute size numeric\n{Labels}grey,0.5,1,0\nblue,0.5,0,1\n");
        Assert.Contains("1 of 4 feature values are of features that the model does not know, such as 'shade=grey'", Succeed("evaluate", "--model", _data["model.ldx"], "--test", _data["more.arff"]).Messages, StringComparison.Ordinal);

        string Rows(string form) => string.Concat(documents.Select(document =>
            $"{form.Replace("shade", document.Shade, StringComparison.Ordinal).Replace("size", document.Size, StringComparison.Ordinal)},{document.Labels}\n"));
    }

    [Fact]
    public void OneModel_TakesSplitWiderAndNarrowerSets()
    {
        Split("train.txt", "trn_X.txt", "trn_Y.txt");
        Split("test.txt", "tst_X.txt", "tst_Y.txt");
        Succeed("train", "--train", $"{_data["trn_X.txt"]},{_data["trn_Y.txt"]}", "--output", _data["model"], "--set", "schedule.epochs=6");
        var plain = Precision("--model", _data["model"], "--test", _data["test.txt"]);
        Assert.Equal(plain, Precision("--model", _data["model"], "--test", $"{_data["tst_X.txt"]},{_data["tst_Y.txt"]}"));
        var predictions = Succeed("predict", "--model", _data["model"], "--input", _data["tst_X.txt"]).Output;

        // A feature and a label that training did not have: the one is left out, the other is missed.
        File.WriteAllLines(_data["wide.txt"], ["60 99 40", .. File.ReadLines(_data["test.txt"]).Skip(1).Select((line, place) => place == 0 ? $"39 {line.Split(' ', 2)[1]} 98:1" : line)]);
        Assert.Equal(predictions, Succeed("predict", "--model", _data["model"], "--input", _data["wide.txt"]).Output);
        var (_, messages) = Succeed("evaluate", "--model", _data["model"], "--test", _data["wide.txt"], "--json", _data["wide.json"]);
        Assert.Contains("1 of 181 feature values", messages, StringComparison.Ordinal);
        Assert.Contains("1 label, of 1 of 119", messages, StringComparison.Ordinal);
        Assert.Contains("'39'", messages, StringComparison.Ordinal);

        // Fewer features and labels than the model has.
        File.WriteAllText(_data["narrow.txt"], "2 2 2\n0,1 0:0.7 1:0.7\n0,1 0:0.7 1:0.7\n");
        Assert.Equal(1, Precision("--model", _data["model"], "--test", _data["narrow.txt"]));
        Succeed("train", "--train", _data["train.txt"], "--validation", _data["wide.txt"], "--output", _data["validated"], "--set", "schedule.epochs=1");
    }

    [Fact]
    public void Validation_DocumentsOfUnknownLabelsAlone_AreLeftOut_AndTellNothing()
    {
        File.WriteAllLines(_data["train.jsonl"], Documents(60));
        File.WriteAllLines(_data["known.jsonl"], Documents(20));
        File.WriteAllLines(_data["more.jsonl"], [.. Documents(20), .. Enumerable.Repeat("""{"text": "red blue thing", "labels": ["kind-green"]}""", 5)]);
        File.WriteAllLines(_data["unknown.jsonl"], ["""{"text": "red blue thing", "labels": ["kind-green"]}"""]);
        string Train(string validation, string model)
        {
            var (exitCode, _, messages) = Lightdxml.Run("train", "--train", _data["train.jsonl"], "--validation", _data[validation], "--output", _data[model], "--set", "schedule.epochs=2", "text.minDocuments=1", "encoder.dimensions=8");
            Assert.Equal(validation == "unknown.jsonl" ? 1 : 0, exitCode);
            return messages;
        }

        Train("known.jsonl", "one");
        Assert.Contains("5 documents have such labels alone and are left out", Train("more.jsonl", "other"), StringComparison.Ordinal);
        foreach (var file in new[] { "model.safetensors", "config.json" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(_data["one"], file)), File.ReadAllBytes(Path.Combine(_data["other"], file)));
        Assert.Contains("no document has a label of train.jsonl", Train("unknown.jsonl", "none"), StringComparison.Ordinal);
    }

    [Fact]
    public void TextWithoutBlanks_AndNamesThatCannotBeLookedFor_AreSaid()
    {
        File.WriteAllLines(_data["train.jsonl"], Enumerable.Range(0, 40).Select(i => $$"""{"text": "2020 \u7814\u7A76{{(i % 2 == 0 ? "\u65B9\u6CD5" : "\u5206\u6790")}} \u7ED3\u679C", "labels": ["{{i % 2}}"]}"""));
        File.WriteAllText(_data["labels.jsonl"], """{"id": "0", "name": "\u65B9\u6CD5"}""");
        string[] train = ["train", "--train", _data["train.jsonl"], "--label-names", _data["labels.jsonl"], "--output", _data["model"], "--set", "schedule.epochs=1", "encoder.dimensions=8"];
        var words = Succeed([.. train, "text.unsegmented=words"]).Messages;
        Assert.Contains("whole clauses are taken as words", words, StringComparison.Ordinal);
        Assert.DoesNotContain("not looked for", words, StringComparison.Ordinal);
        var runs = Succeed([.. train, "text.unit=characters"]).Messages;
        Assert.DoesNotContain("whole clauses", runs, StringComparison.Ordinal);
        Assert.Contains("labels are not looked for by their names, which needs terms that are words", runs, StringComparison.Ordinal);
        Assert.DoesNotContain("whole clauses", Succeed(train).Messages, StringComparison.Ordinal);
        var dense = Succeed([.. train, "head=dense"]).Messages;
        Assert.Contains("which a dense head alone does not count", dense, StringComparison.Ordinal);
        Assert.DoesNotContain("nameCandidates\": 20", File.ReadAllText(Path.Combine(_data["model"], "config.json")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2 4\n2:0.9\n1:0.9\n", 0.5)]
    [InlineData("zzz:0.9\nb:0.9\n", 1)]
    public void Evaluate_NumbersBeyondTheTrainingLabels_AreNotLabelsThatOnlyTheTestSetHas(string predictions, double precision)
    {
        File.WriteAllText(_data["p.txt"], predictions);
        File.WriteAllText(_data["train.jsonl"], """
            {"text": "x", "labels": ["a"]}
            {"text": "y", "labels": ["b"]}
            """);
        File.WriteAllText(_data["test.jsonl"], """
            {"text": "x", "labels": ["zzz"]}
            {"text": "y", "labels": ["b"]}
            """);
        Assert.Equal(precision, Precision("--predictions", _data["p.txt"], "--test", _data["test.jsonl"], "--train", _data["train.jsonl"]));
        File.WriteAllText(_data["p.txt"], "2:0.9\n1:0.9\n");
        var (exitCode, _, messages) = Lightdxml.Run("evaluate", "--predictions", _data["p.txt"], "--test", _data["test.jsonl"], "--train", _data["train.jsonl"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("None of the predicted labels, such as '2', is a label of the data, such as 'a'", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_NameThatSeveralLabelsShare_IsAnError()
    {
        File.WriteAllLines(_data["train.jsonl"], Documents(40));
        File.WriteAllText(_data["labels.jsonl"], "{\"id\": \"kind-red\", \"name\": \"mercury\"}\n{\"id\": \"kind-blue\", \"name\": \"mercury\"}\n");
        Succeed("train", "--train", _data["train.jsonl"], "--label-names", _data["labels.jsonl"], "--output", _data["model"], "--set", "schedule.epochs=2", "text.minDocuments=1");
        File.WriteAllText(_data["test.jsonl"], "{\"text\": \"red\", \"labels\": [\"mercury\"]}\n");
        var (exitCode, _, messages) = Lightdxml.Run("evaluate", "--model", _data["model"], "--test", _data["test.jsonl"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("'mercury' is the name of more than one label, of kind-", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_ATrainingSetOfOtherLabels_IsAnError_AndOneOfOtherFrequenciesIsSaid()
    {
        File.WriteAllLines(_data["train.jsonl"], Documents(40));
        File.WriteAllLines(_data["part.jsonl"], Documents(40).Take(20));
        File.WriteAllLines(_data["other.csv"], ["text,labels", "red red,kind-red/x", "blue blue,kind-blue/x"]);
        Succeed("train", "--train", _data["train.jsonl"], "--output", _data["model"], "--set", "schedule.epochs=2", "text.minDocuments=1");
        string[] evaluate = ["evaluate", "--model", _data["model"], "--test", _data["train.jsonl"], "--train"];

        Assert.DoesNotContain("as frequent", Succeed([.. evaluate, _data["train.jsonl"]]).Messages, StringComparison.Ordinal);
        Assert.Contains("part.jsonl: its labels are not as frequent as those that", Succeed([.. evaluate, _data["part.jsonl"]]).Messages, StringComparison.Ordinal);
        var (exitCode, _, messages) = Lightdxml.Run([.. evaluate, _data["other.csv"]]);
        Assert.Equal(1, exitCode);
        Assert.Contains("other.csv: none of its labels is a label of", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileOfLabelsAlone_WillDo_ForPredictionsAtHand()
    {
        File.WriteAllText(_data["p.jsonl"], "{\"id\":\"1\",\"labels\":[{\"label\":\"a\",\"score\":0.9}]}\n{\"id\":\"2\",\"labels\":[{\"label\":\"b\",\"score\":0.9}]}\n");
        File.WriteAllText(_data["labels.csv"], "id,labels\n1,a;b\n2,b;a\n");
        Assert.Equal(1, Precision("--predictions", _data["p.jsonl"], "--test", _data["labels.csv"], "--train", _data["labels.csv"]));
        Succeed("report", "--predictions", _data["p.jsonl"], "--test", _data["labels.csv"], "--train", _data["labels.csv"], "--output", _data["report"]);
    }

    [Fact]
    public void AFileThatIsNeitherTextNorFeatures_MayBeTextToBeNamed()
    {
        File.WriteAllText(_data["paper.txt"], "%PDF-1.4 a b\n");
        var (exitCode, _, messages) = Lightdxml.Run("train", "--train", _data["paper.txt"], "--output", _data["model"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("neither its name nor its first bytes tell the format; --format names it", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_LabelsThatTheModelDoesNotKnow_AreAnErrorWhereTheyAreMost()
    {
        File.WriteAllLines(_data["train.jsonl"], Documents(40));
        File.WriteAllLines(_data["joined.csv"], ["text,labels", "red red,kind-red/x", "blue blue,kind-blue/x"]);
        Succeed("train", "--train", _data["train.jsonl"], "--output", _data["model"], "--set", "schedule.epochs=2", "text.minDocuments=1");

        var (exitCode, _, messages) = Lightdxml.Run("evaluate", "--model", _data["model"], "--test", _data["joined.csv"]);

        Assert.Equal(1, exitCode);
        Assert.Contains("kind-red/x", messages, StringComparison.Ordinal);
        Assert.Contains("--label-separator", messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jsonl")]
    [InlineData("csv")]
    [InlineData("scores")]
    [InlineData("npz")]
    [InlineData("omikuji")]
    [InlineData("napkinxc")]
    [InlineData("fasttext")]
    public void RawText_PredictInAnyStyle_IsEvaluatedAndReported(string style)
    {
        File.WriteAllLines(_data["train.jsonl"], Documents(40));
        File.WriteAllLines(_data["test.jsonl"], [.. Documents(8), "{\"text\": \"red\", \"labels\": [\"new\"]}"]);
        Succeed("train", "--train", _data["train.jsonl"], "--output", _data["model"], "--set", "schedule.epochs=4", "text.minDocuments=1");
        Succeed("predict", "--model", _data["model"], "--input", _data["test.jsonl"], "--output", _data["p"], "--style", style);

        string[] sets = ["--test", _data["test.jsonl"], "--train", _data["train.jsonl"]];
        Assert.Equal(8 / 9.0, Precision(["--predictions", _data["p"], .. sets]), 6);
        Succeed(["report", .. sets, "--predictions", _data["p"], "--output", _data["report.html"]]);
        Assert.Contains("kind-red", File.ReadAllText(_data["report.html"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"id\": \"b\", \"labels\": [{\"label\": \"y\", \"score\": 1}]}\n{\"id\": \"a\", \"labels\": []}\n", 1)]
    [InlineData("document,id,label,score\n1,b,y,1\n2,a,x,1\n", 2)]
    public void PredictionsInAnotherOrderThanTheTestSet_AreAnErrorThatNamesBothDocuments(string predictions, int line)
    {
        File.WriteAllText(_data["test.jsonl"], Named("a", "b"));
        File.WriteAllText(_data["p"], predictions);
        File.WriteAllText(_data["points.txt"], "2 1 2\n0 0:1\n1 0:1\n");
        var message = $"{_data["p"]}({line}): found the document 'b', expected 'a', document 1 of the test set";
        Assert.Contains(message, Fail("evaluate", "--predictions", _data["p"], "--test", _data["test.jsonl"]), StringComparison.Ordinal);
        Assert.Contains(message, Fail("report", "--predictions", _data["p"], "--test", _data["test.jsonl"], "--train", _data["test.jsonl"], "--output", _data["r.html"]), StringComparison.Ordinal);
        // Of features the texts know what the documents are called.
        Assert.Contains(message, Fail("report", "--predictions", _data["p"], "--test", _data["points.txt"], "--train", _data["points.txt"], "--texts", _data["test.jsonl"], "--output", _data["r.html"]), StringComparison.Ordinal);
        File.WriteAllText(_data["texts.jsonl"], Named("b", "a"));
        Assert.Contains($"{_data["texts.jsonl"]}(1): found the document 'b', expected 'a'", Fail("report", "--predictions", _data["p"], "--test", _data["test.jsonl"], "--train", _data["test.jsonl"], "--texts", _data["texts.jsonl"], "--output", _data["r.html"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a b", "a b")]
    [InlineData("a b", "- -")]
    [InlineData("a -", "a b")]
    [InlineData("- -", "a b")]
    [InlineData("a b", "same same")]
    [InlineData("same same", "a b")]
    [InlineData("a b", "1 2")]
    [InlineData("a b", "0 1")]
    [InlineData("0 1", "1 2")]
    [InlineData("2 1", "1 2", "'1', expected '2', document 1 of")]
    [InlineData("a b", "a c", "'c', expected 'b', document 2 of")]
    public void IdsOfDocuments_AreComparedWhereTheyAreNames(string test, string predictions, string? fault = null)
    {
        File.WriteAllText(_data["test.jsonl"], Named(test.Split(' ')));
        File.WriteAllText(_data["p.jsonl"], Named(predictions.Split(' ')).Replace("[\"x\"]", "[{\"label\": \"x\", \"score\": 1}]", StringComparison.Ordinal));
        string[] evaluate = ["evaluate", "--predictions", _data["p.jsonl"], "--test", _data["test.jsonl"]];
        if (fault is null)
            Succeed(evaluate);
        else
            Assert.Contains(fault, Fail(evaluate), StringComparison.Ordinal);
    }

    [Fact]
    public void PredictionsOfFeatures_CountTheirDocuments_AndFitATestSetWithNames()
    {
        File.WriteAllLines(_data["train.jsonl"], Documents(40));
        File.WriteAllText(_data["test.jsonl"], Named("a", "b").Replace("\"x\"", "\"kind-red\"", StringComparison.Ordinal));
        Succeed("train", "--train", _data["train.jsonl"], "--output", _data["model"], "--set", "schedule.epochs=1", "text.minDocuments=1");
        Succeed("data", "convert", _data["test.jsonl"], "--model", _data["model"], "--to", "xml", "--output", _data["test.txt"]);
        Succeed("predict", "--model", _data["model"], "--input", _data["test.txt"], "--output", _data["p.jsonl"]);
        Assert.Contains("\"id\":\"2\"", File.ReadAllText(_data["p.jsonl"]), StringComparison.Ordinal);
        Succeed("evaluate", "--predictions", _data["p.jsonl"], "--test", _data["test.jsonl"]);
    }

    [Fact]
    public void Evaluate_NumbersWithoutAHeader_AreIdsWhereIdsAreNumbers_AndThoseThatAreNoneAreCounted()
    {
        File.WriteAllText(_data["truth.svm"], "7000000000 0:1\n9000000000 0:1\n");
        File.WriteAllText(_data["p.txt"], "7000000000:0.9 0:0.5\n1:0.9\n");

        var (_, messages) = Succeed("evaluate", "--predictions", _data["p.txt"], "--test", _data["truth.svm"]);

        Assert.Contains($"{_data["p.txt"]}: 2 of 3 predicted labels are in no set that was given, such as '0', and count as wrong.", messages, StringComparison.Ordinal);
        File.WriteAllText(_data["p.txt"], "7000000000:0.9\n9000000000:0.9\n");
        Assert.DoesNotContain("in no set", Succeed("evaluate", "--predictions", _data["p.txt"], "--test", _data["truth.svm"]).Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, "documents have 4 labels at most; figures that look at the first 5 count what is missing as wrong")]
    [InlineData(5, null)]
    [InlineData(5, "documents have 5 labels at most; figures that look at the first 300 count what is missing as wrong", "--by-frequency")]
    public void Evaluate_RankingsShorterThanTheFiguresLook_AreSaid(int labels, string? words, params string[] more)
    {
        File.WriteAllText(_data["p.txt"], "60 12\n" + string.Concat(Enumerable.Repeat(string.Join(' ', Enumerable.Range(0, labels).Select(label => $"{label}:0.5")) + "\n", 60)));
        File.WriteAllText(_data["wide.txt"], $"1 20 400\n{string.Join(',', Enumerable.Range(0, 400))} 0:1\n");
        var train = more.Length > 0 ? "wide.txt" : "train.txt";
        var (_, messages) = Succeed(["evaluate", "--predictions", _data["p.txt"], "--test", _data["test.txt"], "--train", _data[train], .. more]);
        Assert.Contains(words ?? "", messages, StringComparison.Ordinal);
        Assert.Equal(words is not null, messages.Contains("at most", StringComparison.Ordinal));
    }

    [Fact]
    public void Evaluate_OneLabelThatADocumentHasByTwoNames_CountsOnce()
    {
        File.WriteAllText(_data["train.jsonl"], "{\"text\": \"x\", \"labels\": [\"new york\"]}\n{\"text\": \"y\", \"labels\": [\"rome\"]}\n");
        File.WriteAllText(_data["test.jsonl"], "{\"text\": \"x\", \"labels\": [\"new york\", \"new_york\"]}\n");
        File.WriteAllText(_data["p.txt"], "__label__new_york 0.9 __label__rome 0.1\n");

        Succeed("evaluate", "--predictions", _data["p.txt"], "--test", _data["test.jsonl"], "--train", _data["train.jsonl"], "--json", _data["j"]);

        using var json = JsonDocument.Parse(File.ReadAllText(_data["j"]));
        Assert.Equal(1, json.RootElement.GetProperty("recall")[0].GetDouble());
    }

    [Fact]
    public void Evaluate_Json_HasWhatIsSaidOfScoresAndThresholds()
    {
        File.WriteAllText(_data["truth.txt"], "2 1 4\n1,2 0:1\n3 0:1\n");
        File.WriteAllText(_data["p.txt"], "2 4\n1:0.95 0:0.8 2:0.1\n3:0.6\n");

        Succeed("evaluate", "--predictions", _data["p.txt"], "--test", _data["truth.txt"], "--threshold", "0.3", "--json", _data["j"]);

        using var json = JsonDocument.Parse(File.ReadAllText(_data["j"]));
        var given = json.RootElement.GetProperty("withThreshold");
        // Three labels are given, two of them rightly, of three; of the test set's labels 1 and 3 are found, and 2 is not.
        Assert.Equal((1.5, 2 / 3.0, 2 / 3.0), (given.GetProperty("assignedPerPoint").GetDouble(), given.GetProperty("microPrecision").GetDouble(), given.GetProperty("microRecall").GetDouble()));
        Assert.Equal((2 / 3.0, 0.5), (given.GetProperty("macroF1").GetDouble(), given.GetProperty("macroF1OfAllLabels").GetDouble()));
        // Off by 0.05, 0.8, 0.9 and 0.4 in bins of their own.
        Assert.Equal(2.15 / 4, json.RootElement.GetProperty("calibration").GetProperty("expectedCalibrationError").GetDouble(), 6);
        Assert.False(json.RootElement.TryGetProperty("atThreshold", out _));

        Succeed("evaluate", "--predictions", _data["p.txt"], "--test", _data["truth.txt"], "--json", _data["j"]);
        using var without = JsonDocument.Parse(File.ReadAllText(_data["j"]));
        Assert.Equal(JsonValueKind.Null, without.RootElement.GetProperty("withThreshold").ValueKind);
    }

    [Fact]
    public void Evaluate_PredictionsOfNothing_HaveNoCalibrationError()
    {
        File.WriteAllText(_data["truth.jsonl"], "{\"text\": \"x\", \"labels\": [\"a\"]}\n");
        File.WriteAllText(_data["p.jsonl"], "{\"labels\": []}\n");

        var (output, _) = Succeed("evaluate", "--predictions", _data["p.jsonl"], "--test", _data["truth.jsonl"], "--json", _data["j"]);

        Assert.DoesNotContain("ECE", output, StringComparison.Ordinal);
        Assert.DoesNotContain("calibration error", output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(File.ReadAllText(_data["j"]));
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("calibration").ValueKind);
    }

    [Fact]
    public void Report_NamesWithoutIds_ForLabelsWithIds_AreRefused()
    {
        File.WriteAllText(_data["train.jsonl"], "{\"text\": \"x\", \"labels\": [\"b2\"]}\n{\"text\": \"y\", \"labels\": [\"a1\"]}\n");
        File.WriteAllText(_data["p.txt"], "b2:0.9 a1:0.1\na1:0.9 b2:0.1\n");
        File.WriteAllText(_data["names.txt"], "bees\nants\n");
        File.WriteAllText(_data["names.jsonl"], "{\"id\": \"b2\", \"name\": \"bees\"}\n{\"id\": \"a1\", \"name\": \"ants\"}\n");
        File.WriteAllText(_data["ids.txt"], "b2\na1\n");
        string[] report = ["report", "--test", _data["train.jsonl"], "--train", _data["train.jsonl"], "--predictions", _data["p.txt"], "--output", _data["r.html"], "--csv", _data["r"]];

        Assert.Contains("names.txt has names alone, which do not say what label each is of, and the labels of the data have ids, such as 'a1'", Fail([.. report, "--labels", _data["names.txt"]]), StringComparison.Ordinal);
        foreach (var more in new string[][] { [], ["--label-ids", _data["ids.txt"]] })
        {
            Succeed([.. report, "--labels", _data["names.jsonl"], .. more]);
            Assert.Equal(["a1,ants", "b2,bees"], File.ReadAllLines(_data["r/labels.csv"]).Skip(1).Select(row => string.Join(',', row.Split(',')[1..3])));
        }
    }

    [Fact]
    public void Report_OfScoresThatAreNoProbabilities_WritesNoThresholds_AndLeavesNoneOfAnEarlierReport()
    {
        File.WriteAllText(_data["good.txt"], "60 12\n" + string.Concat(Enumerable.Repeat("0:0.9 1:0.5 2:0.1\n", 60)));
        File.WriteAllText(_data["bad.txt"], "60 12\n" + string.Concat(Enumerable.Repeat("3:1.3 4:0.5 5:0.1\n", 60)));
        string[] report = ["report", "--test", _data["test.txt"], "--train", _data["train.txt"], "--output", _data["r"]];
        string[] Thresholds() => [.. Directory.GetFiles(_data["r/csv"], "thresholds*").Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

        Succeed([.. report, "--predictions", _data["good.txt"]]);
        File.Copy(_data["r/csv/thresholds.tsv"], _data["r/csv/thresholds-mine.tsv"]);
        var (_, messages) = Succeed([.. report, "--predictions", _data["bad.txt"], "--predictions", _data["good.txt"]]);
        Assert.Contains("bad: scores beyond 0..1 are not probabilities, so that no thresholds are written for it.", messages, StringComparison.Ordinal);
        Assert.Equal(["thresholds-2.tsv", "thresholds-mine.tsv"], Thresholds());
        Succeed([.. report, "--predictions", _data["bad.txt"]]);
        Assert.Equal(["thresholds-mine.tsv"], Thresholds());
    }

    // A model of these data knows labels by their numbers; names that are numbers would be other labels to it.
    [Fact]
    public void Report_WithNames_WritesThresholdsByWhatTheDataCallLabels()
    {
        File.WriteAllLines(_data["names.txt"], Enumerable.Range(0, 12).Reverse().Select(label => $"{label}"));
        File.WriteAllText(_data["p.txt"], "60 12\n" + string.Concat(Enumerable.Repeat("0:0.9 1:0.5 2:0.1\n", 60)));

        Succeed("report", "--test", _data["test.txt"], "--train", _data["train.txt"], "--predictions", _data["p.txt"], "--labels", _data["names.txt"], "--output", _data["r.html"], "--csv", _data["csv"]);

        var thresholds = File.ReadLines(_data["csv/thresholds.tsv"]).Select(line => line.Split('\t')).ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Equal(["label", "*", .. Enumerable.Range(0, 12).Select(label => $"{label}")], thresholds.Keys);
        Assert.Equal("0.9", thresholds["0"]);
    }

    [Fact]
    public void Report_OfOneDocument_IsMade()
    {
        File.WriteAllText(_data["one.txt"], "1 20 12\n3,4 0:1\n");
        File.WriteAllText(_data["p.txt"], "1 12\n3:0.9 5:0.5\n");
        Succeed("report", "--test", _data["one.txt"], "--train", _data["train.txt"], "--predictions", _data["p.txt"], "--output", _data["r"], "--ks", "3,2000000000");
        Assert.Contains("of the first 3 labels right", File.ReadAllText(_data["r/report.html"]), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(File.ReadAllText(_data["r/report.json"]));
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("methods")[0].GetProperty("calibration").GetProperty("recalibrated").ValueKind);
    }

    [Theory]
    [InlineData("{\"labels\": [{\"label\": \"caf\u0065\u0301\", \"score\": 0.9}]}\n")]
    [InlineData("document,label,score\n1, caf\u0065\u0301 ,0.9\n")]
    [InlineData("__label__caf\u0065\u0301 0.9\n")]
    public void Evaluate_PredictionsInAnotherSpelling_AreTheLabels(string predictions)
    {
        File.WriteAllText(_data["truth.jsonl"], "{\"text\": \"a\", \"labels\": [\"caf\u00E9\", \"bar\"]}\n");
        File.WriteAllText(_data["p"], predictions);
        Assert.Equal(1, Precision("--predictions", _data["p"], "--test", _data["truth.jsonl"]));
    }

    [Fact]
    public void Evaluate_OneLabelInTwoSpellings_IsAnErrorOfItsDocument()
    {
        File.WriteAllText(_data["truth.jsonl"], "{\"text\": \"a\", \"labels\": [\"bar\"]}\n{\"text\": \"a\", \"labels\": [\"caf\u00E9\"]}\n");
        File.WriteAllText(_data["p"], "bar:0.5\ncaf\u00E9:0.9 bar:0.5 caf\u0065\u0301:0.4\n");
        var (exitCode, _, messages) = Lightdxml.Run("evaluate", "--predictions", _data["p"], "--test", _data["truth.jsonl"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("document 2 have the label 'caf\u00E9' twice, in two spellings", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void JointLabels_ANameInTwoSpellings_IsOneLabel()
    {
        var labels = new JointLabels(["bar", "the\u0301"], 2);
        var set = new InputSet("points", null, new SparseMatrix(1, 3, [0, 3], [0, 1, 2]), ["cafe\u0301", "th\u00E9", "caf\u00E9"]);

        Assert.Equal([1, 2], labels.Join(set).RowColumns(0).ToArray());
        Assert.Equal(2, labels.Find("caf\u00E9"));
        Assert.Equal("caf\u00E9", labels.IdOf(2));
        Assert.Equal(3, labels.Count);
    }

    [Theory]
    [InlineData("0 1\n")]
    [InlineData("0 1\n\n0 5\n")]
    [InlineData("0\t1\n")]
    public void Evaluate_Filter_TakesPairsOffTruthAndPredictions(string filter)
    {
        File.WriteAllText(_data["truth.txt"], "2 1 6\n1,2 0:1\n3 0:1\n");
        File.WriteAllText(_data["p.txt"], "2 6\n1:0.9 2:0.8\n3:0.7 0:0.1\n");
        File.WriteAllText(_data["filter.txt"], filter);

        Succeed("evaluate", "--predictions", _data["p.txt"], "--test", _data["truth.txt"], "--filter", _data["filter.txt"], "--json", _data["j"]);

        using var json = JsonDocument.Parse(File.ReadAllText(_data["j"]));
        Assert.Equal(1, json.RootElement.GetProperty("precision")[0].GetDouble());
        Assert.Equal(1, json.RootElement.GetProperty("recall")[0].GetDouble());
    }

    [Fact]
    public void Evaluate_Filter_PredictionsTooShortForIt_AreNamed()
    {
        File.WriteAllText(_data["truth.txt"], "2 1 9\n1,2 0:1\n3 0:1\n");
        File.WriteAllText(_data["filter.txt"], "0 1\n0 8\n");
        string[] evaluate = ["evaluate", "--predictions", _data["p.txt"], "--test", _data["truth.txt"], "--filter", _data["filter.txt"]];

        File.WriteAllText(_data["p.txt"], "2 9\n1:0.9 4:0.8 5:0.7 6:0.6 7:0.5\n3:0.7 0:0.1 1:0.1 4:0.1 5:0.1\n");
        Assert.Contains(
            "p.txt: without the pairs of --filter 1 document has fewer than 5 labels, and what is missing counts as wrong. Predictions of 7 labels per document are enough.",
            Succeed(evaluate).Messages, StringComparison.Ordinal);

        // One more behind, and labels that were not cut off, are enough.
        File.WriteAllText(_data["p.txt"], "2 9\n1:0.9 4:0.8 5:0.7 6:0.6 7:0.5 2:0.4\n3:0.7\n");
        Assert.DoesNotContain("--filter", Succeed(evaluate).Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_Filter_OfLabelsThatAreNumbersWithGaps_GoesByTheNumbers()
    {
        File.WriteAllText(_data["truth.svm"], "7000000000,8000000000 0:1\n9000000000 0:1\n");
        File.WriteAllText(_data["p.csv"], "document,label,score\n1,7000000000,0.9\n1,8000000000,0.8\n2,9000000000,0.7\n");
        File.WriteAllText(_data["filter.txt"], "0 7000000000\n1 2\n");

        Succeed("evaluate", "--predictions", _data["p.csv"], "--test", _data["truth.svm"], "--filter", _data["filter.txt"], "--json", _data["j"]);

        // Without the pair the second label is the first of its document; the number 2 is no label.
        using var json = JsonDocument.Parse(File.ReadAllText(_data["j"]));
        Assert.Equal(1, json.RootElement.GetProperty("precision")[0].GetDouble());
        Assert.Equal(1, json.RootElement.GetProperty("recall")[0].GetDouble());

        File.WriteAllText(_data["other.txt"], "0 1\n1 2\n");
        var (exitCode, _, messages) = Lightdxml.Run("evaluate", "--predictions", _data["p.csv"], "--test", _data["truth.svm"], "--filter", _data["other.txt"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("none of its labels is a label of the data, whose ids are numbers such as 7000000000", messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("would number them anew", "--to", "svm")]
    [InlineData("--fit-on is for raw text", "--to", "cache", "--fit-on", "train.txt")]
    [InlineData("--set is for raw text", "--to", "cache", "--set", "text.maxNgram=1")]
    [InlineData("--write-terms is for raw text", "--to", "cache", "--write-terms", "terms")]
    [InlineData("--unit-rows is for a cache", "--to", "svm", "--unit-rows")]
    public void Convert_OfFeatures_RefusesWhatItWouldLose(string words, params string[] arguments)
    {
        File.WriteAllText(_data["large.svm"], "3 0:1\n900000000 0:2\n");
        var (exitCode, written, messages) = Lightdxml.Run(["data", "convert", _data["large.svm"], "--output", _data["out"], .. arguments]);
        Assert.Equal((1, ""), (exitCode, written));
        Assert.Contains(words, messages, StringComparison.Ordinal);
        Assert.False(File.Exists(_data["out"]));
    }

    [Fact]
    public void Convert_OfFeatures_WritesLabelNames_AndUnitRowsOfAnyForm()
    {
        File.WriteAllText(_data["large.svm"], "3 0:1\n900000000 0:2\n");
        Succeed("data", "convert", _data["large.svm"], "--to", "svm", "--output", _data["small.svm"], "--write-label-names", _data["names"]);
        Assert.Equal("3\n900000000\n", File.ReadAllText(_data["names"]));
        Assert.Equal("0 0:1\n1 0:2\n", File.ReadAllText(_data["small.svm"]));
        File.WriteAllText(_data["x.txt"], "2 1\n0:1\n0:2\n");
        File.WriteAllText(_data["y.txt"], "2 2\n0:1\n1:1\n");
        Succeed("data", "convert", $"{_data["x.txt"]},{_data["y.txt"]}", "--to", "cache", "--output", _data["unit.cache"], "--unit-rows");
        Assert.Equal(1, LightDxml.Data.DatasetFile.Read(_data["unit.cache"]).Features.RowValues(1)[0]);
    }

    [Fact]
    public void LargeLabelNumbers_AreTrainedPredictedAndEvaluated()
    {
        string Large(string line) => string.Join(' ', [string.Join(',', line.Split(' ')[0].Split(',').Select(label => 7_000_000_000L + 1000 * long.Parse(label))), .. line.Split(' ').Skip(1)]);
        foreach (var name in new[] { "train", "test" })
            File.WriteAllLines(_data[$"{name}.svm"], File.ReadLines(_data[$"{name}.txt"]).Skip(1).Select(Large));
        Succeed("train", "--train", _data["train.svm"], "--output", _data["model"], "--set", "schedule.epochs=6");

        Assert.Equal(Precision("--model", _data["model"], "--test", _data["test.svm"]), Predicted("omikuji"));
        var (exitCode, _, messages) = Lightdxml.Run("predict", "--model", _data["model"], "--input", _data["test.svm"], "--style", "scores");
        Assert.Equal(1, exitCode);
        Assert.Contains("--style", messages, StringComparison.Ordinal);

        double Predicted(string style)
        {
            Succeed("predict", "--model", _data["model"], "--input", _data["test.svm"], "--style", style, "--output", _data["p.txt"]);
            Assert.Contains("70000", File.ReadLines(_data["p.txt"]).First(), StringComparison.Ordinal);
            return Precision("--predictions", _data["p.txt"], "--test", _data["test.svm"], "--train", _data["train.svm"]);
        }
    }

    [Fact]
    public void Info_OfAModel_ListsLabelsAndWords()
    {
        File.WriteAllLines(_data["train.jsonl"], Documents(40));
        Succeed("train", "--train", _data["train.jsonl"], "--output", _data["model"], "--set", "schedule.epochs=2", "text.minDocuments=1");

        Assert.Contains("raw text", Succeed("info", "--model", _data["model"]).Output, StringComparison.Ordinal);
        Assert.Equal("20\tkind-blue\n20\tkind-red\n", Succeed("info", "--model", _data["model"], "--labels").Output);
        Assert.EndsWith("\tred", Succeed("info", "--model", _data["model"], "--top-words", "kind-red").Output.Split('\n')[0], StringComparison.Ordinal);
        Assert.Equal(1, Lightdxml.Run("info", "--model", _data["model"], "--top-words", "green").ExitCode);
    }

    private static IEnumerable<string> Documents(int count) => Enumerable.Range(0, count).Select(document =>
        (document % 2 == 0 ? "red" : "blue") is var colour ? $"{{\"text\": \"{colour} {colour} thing\", \"labels\": [\"kind-{colour}\"]}}" : "");

    private void Split(string whole, string features, string labels)
    {
        string[] lines = File.ReadAllLines(_data[whole]);
        var counts = lines[0].Split(' ');
        File.WriteAllLines(_data[features], [$"{counts[0]} {counts[1]}", .. lines.Skip(1).Select(line => line.Split(' ', 2)[1])]);
        File.WriteAllLines(_data[labels], [$"{counts[0]} {counts[2]}", .. lines.Skip(1).Select(line => string.Join(' ', line.Split(' ')[0].Split(',').Select(label => $"{label}:1")))]);
    }

    private double Precision(params string[] arguments)
    {
        Succeed(["evaluate", .. arguments, "--json", _data["report.json"]]);
        using var json = JsonDocument.Parse(File.ReadAllText(_data["report.json"]));
        return json.RootElement.GetProperty("precision")[0].GetDouble();
    }

    private static string Named(params string[] ids) => string.Concat(ids.Select(id => $"{{{(id == "-" ? "" : $"\"id\": \"{id}\", ")}\"text\": \"red\", \"labels\": [\"x\"]}}\n"));

    private static string Fail(params string[] arguments)
    {
        var (exitCode, _, messages) = Lightdxml.Run(arguments);
        Assert.Equal(1, exitCode);
        return messages;
    }

    private static (string Output, string Messages) Succeed(params string[] arguments)
    {
        var (exitCode, output, messages) = Lightdxml.Run(arguments);
        Assert.True(exitCode == 0, messages);
        return (output, messages);
    }
}
