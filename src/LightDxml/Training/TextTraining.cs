using LightDxml.Models;
using LightDxml.Names;
using LightDxml.Text;

namespace LightDxml.Training;

/// <summary>Joins what was learnt from a text's features with what made features of the text.</summary>
internal static class TextTraining
{
    extension(FittedText text)
    {
        /// <summary>A model that was trained on the text's features, with what it takes to read other text in the same way.</summary>
        public Model Complete(Model model)
        {
            var more = model.AllLabelCount > model.LabelCount ? text.UnseenLabels : [];
            string[] ids = [.. text.Labels.Ids, .. more.Select(label => label.Id)];
            return model with
            {
                Vectorizer = text.Vectorizer,
                LabelIds = ids,
                LabelNames = model.LabelNames is { } names ? [.. names, .. more.Select(label => label.Name is { Length: > 0 } name ? name : label.Id)] : null,
                Reading = text.Reading,
                Hierarchy = text.Catalog?.Above(ids),
                Names = model.Names is { } index && index.LabelCount != model.AllLabelCount
                    ? NameIndex.Build(new LabelTexts([.. index.Texts.Names.Take(model.AllLabelCount)]), text.Vectorizer, index.Endings)
                    : model.Names,
            };
        }
    }
}
