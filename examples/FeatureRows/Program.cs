// Trains on rows of features that were made elsewhere: no text is involved.
//
//     dotnet run -c Release --project examples/FeatureRows
using LightDxml;
using LightDxml.Data;

// 60 documents of 9 features and 3 labels. A document of label k has the features 3k, 3k + 1 and 3k + 2, one of them weakly.
const int documents = 60, labels = 3, features = 9, perRow = 3;
var featureOffsets = new long[documents + 1];
var featureColumns = new int[documents * perRow];
var featureValues = new float[documents * perRow];
var labelOffsets = new long[documents + 1];
var labelColumns = new int[documents];
for (var document = 0; document < documents; document++)
{
    var label = document % labels;
    for (var i = 0; i < perRow; i++)
    {
        featureColumns[document * perRow + i] = label * perRow + i;
        featureValues[document * perRow + i] = i == document / labels % perRow ? 0.2f : 1;
    }

    labelColumns[document] = label;

    // A row's columns end where the next row's begin.
    featureOffsets[document + 1] = (document + 1) * perRow;
    labelOffsets[document + 1] = document + 1;
}

var train = new Dataset(
    "made-up rows",
    new SparseMatrix(documents, features, featureOffsets, featureColumns, featureValues),
    new SparseMatrix(documents, labels, labelOffsets, labelColumns))
{
    LabelNames = ["red", "green", "blue"],
};

using var model = FeatureClassifier.Train(train);

// One row: columns in ascending order, and their values.
var rows = new int[2];
var scores = new float[2];
model.Predict([3, 4, 5], [1f, 0.5f, 1f], rows, scores);
for (var place = 0; place < rows.Length && rows[place] >= 0; place++)
    Console.WriteLine($"{scores[place]:P0} {model.LabelNames![rows[place]]}");
