using System.CommandLine;
using LightDxml.Cli.Input;
using LightDxml.Cli.Output;
using LightDxml.Data;
using LightDxml.Models;
using LightDxml.Text;
using LightDxml.Training;

namespace LightDxml.Cli.Commands;

/// <summary><c>lightdxml update</c>.</summary>
internal sealed class UpdateCommand : Command, IHasExamples
{
    private readonly CommandContext _context;
    private readonly Option<string> _model = CommonOptions.Folder("--model", "Model (a folder or an .ldx file) to add to: one model or an ensemble. It stays as it is.", required: true);
    private readonly Option<string> _train = CommonOptions.Files("--train", "New documents, in the format that the model was trained on. Labels that the model lacks are added.");
    private readonly Option<string> _previous = CommonOptions.Files("--previous", "The documents that the model was trained on. With them labels are learnt anew where they have grown; without them from the new documents and what the model stores, less well.");
    private readonly Option<bool> _newTerms = new("--new-terms") { Description = "Add terms that the model lacks to its vocabulary: of raw text, those of as many documents as text.minDocuments said in training." };
    private readonly Option<bool> _allowNewLabels = new(UnseenLabels.AllowNew) { Description = "Take new documents of which nearly all labels (more than nine tenths of their occurrences) are new to the model. Without it they are refused: as a rule their labels are read in another way than those of training." };
    private readonly Option<string> _output = CommonOptions.Folder("--output", "The updated model: a folder, or one file where the name ends in .ldx; may be the same one.", required: true);
    private readonly Option<string> _remove = CommonOptions.File("--remove-labels", "Labels to remove, one id per line.");
    private readonly Option<string> _merge = CommonOptions.File("--merge-labels", "Labels to merge: per line a label, a tab and the label that its documents count for. Needs --previous.");
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly TextOptions _read;
    private readonly LabelOptions _labelOptions;

    public UpdateCommand(CommandContext context)
        : base("update", "Add documents and labels to a trained model, or remove labels, without training it anew.")
    {
        _context = context;
        foreach (var option in new Option[] { _model, _train, _previous, _newTerms, _allowNewLabels, _output, _remove, _merge, _threads })
            Add(option);
        _read = new TextOptions(this);
        _labelOptions = new LabelOptions(this);
        Validators.Add(result =>
        {
            if (result.GetValue(_train) is null && result.GetValue(_remove) is null && result.GetValue(_merge) is null)
                result.AddError("Give --train, --remove-labels or --merge-labels: there is nothing to update the model with.");
            if (result.GetValue(_merge) is not null && result.GetValue(_previous) is null)
                result.AddError("--merge-labels needs --previous: a merged label is learnt from the documents of both.");
        });
        SetAction(Run);
    }

    public IReadOnlyList<string> Examples =>
    [
        "lightdxml update --model model --train new.jsonl --previous train.jsonl --output model2",
        "lightdxml update --model model --train new.jsonl --output model2",
        "lightdxml update --model model --train new.jsonl --previous train.jsonl --new-terms --output model2",
        "lightdxml update --model model --train new.jsonl --previous train.jsonl --label-names labels.jsonl --output model",
        "lightdxml update --model model --train new-subjects.jsonl --allow-new-labels --output model2",
        "lightdxml update --model model --remove-labels obsolete.txt --output model2",
        "lightdxml update --model model --merge-labels merged.tsv --previous train.jsonl --output model2",
        "lightdxml update --model model --train new_Xf.txt,new_Y.txt --previous trn_X_Xf.txt,trn_X_Y.txt --output model2",
    ];

    private int Run(ParseResult arguments)
    {
        CommonOptions.CheckKernels();
        var (path, output) = (arguments.GetRequiredValue(_model), arguments.GetRequiredValue(_output));
        ModelStore.CheckTarget(output);
        var threads = arguments.GetValue(_threads);
        var members = ModelStore.Load(path);
        try
        {
            var sets = Read(arguments, members[0], path, threads);
            Model[] updated =
            [
                .. members.Select(member => TrainingDisplay.Show(_context, observer =>
                    ModelUpdate.Apply(Remembering(member), sets, threads, observer, _context.Stop))),
            ];
            _context.Stop.ThrowIfCancellationRequested();
            ModelStore.Save(updated, output);
            var change = updated[0].LabelCount - members[0].LabelCount;
            _context.Output.WriteLine($"{output}: {(members.Count > 1 ? $"{members.Count} models of " : "")}{Counted.Of(updated[0].LabelCount, "label")} ({change:+#,0;-#,0;0}), {Counted.Of(updated[0].Inference.TrainingDocuments, "training document")}, {Summary.BytesOf(output):N0} bytes.");
        }
        finally
        {
            members[0].Dispose();
        }

        return ExitCode.Success;

        Model Remembering(Model member) => _labelOptions.LanguagesOf(arguments) is { } languages && member.Reading is { } reading
            ? member with { Reading = reading with { NameLanguages = languages } }
            : member;
    }

    private UpdateSets Read(ParseResult arguments, Model model, string path, int threads)
    {
        var read = _read.Of(arguments, threads, model.Reading);
        if (_labelOptions.AddsAncestors(arguments) && !read.AddAncestors)
            throw new LightDxmlException($"{path} was trained without --add-ancestors; documents that have the labels above theirs would teach it something else. Leave the option out.");
        var catalog = _labelOptions.Read(arguments, read);
        var hierarchy = catalog?.With(model.Hierarchy) ?? model.Hierarchy;
        var input = new InputReader(_context, read, threads, model.Vectorizer is null ? null : _labelOptions.Ancestors(arguments, hierarchy, read));
        var joint = new JointLabels(model.WrittenLabels, model.AllLabelCount, model.LabelNames);
        var vectorizer = arguments.GetValue(_newTerms) ? Wider() : model.Vectorizer;
        var previous = Set(_previous);
        var added = Set(_train);
        if ((arguments.GetValue(_remove) ?? arguments.GetValue(_merge)) is { } editsFile && joint.Ids is null)
            throw new LightDxmlException($"{editsFile}: the labels of {path} are numbers alone, and those behind a removed one would become others. Leave labels out in the data and train anew.");
        var edits = LabelEditFiles.Read(arguments.GetValue(_remove), arguments.GetValue(_merge), joint);
        return UpdateSets.Of(model, joint.Ids, joint.Count, added, previous, edits, catalog, vectorizer);

        TextVectorizer Wider()
        {
            if (model.Vectorizer is null)
                throw new LightDxmlException($"--new-terms is for raw text, but {path} was trained on features.");
            var files = new[] { _previous, _train }.Select(arguments.GetValue).OfType<string>().Select(file => input.Documents(DataSource.Of(file)));
            return TextUpdate.Wider(model, files, arguments.GetValue(_previous) is not null, catalog, threads);
        }

        Dataset? Set(Option<string> option)
        {
            if (arguments.GetValue(option) is not { } file)
                return null;
            var source = DataSource.Of(file);
            var isText = input.IsText(source);
            if (isText != model.Vectorizer is not null)
                throw new LightDxmlException($"{path} was trained on {(isText ? "features" : "raw text")}, but {source.Name} holds {(isText ? "raw text" : "features")}; name the format of the text with --format, or give documents of the same kind.");
            if (!isText)
            {
                _read.RefuseForFeatures(arguments, source.Name);
                _labelOptions.RefuseForFeatures(arguments, source.Name);
            }

            var set = input.Read(source, () => vectorizer!);
            EmptyRows.Say(_context, set.Name, set.Features!, set.Labels, isText ? "no word that the model knows" : "no feature");
            if (set.Labels.NonZeroCount == 0)
                throw new LightDxmlException($"{source.Name}: no document has a label to learn. If the file has labels, --labels-field names their field or column.");
            var labels = joint.Join(set);
            if (option == _train)
            {
                UnseenLabels.CheckNew(
                    _context, set.Name, labels, joint, row => row < joint.KnownCount || catalog?.Find(joint.IdOf(row)) is not null, path, arguments.GetValue(_allowNewLabels));
            }

            return new Dataset(set.Name, input.Fit(set, vectorizer?.FeatureCount ?? model.FeatureCount, model.FeatureNames), labels);
        }
    }
}
