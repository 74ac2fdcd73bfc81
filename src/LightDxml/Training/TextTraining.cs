using LightDxml.Models;
using LightDxml.Text;

namespace LightDxml.Training;

/// <summary>Joins what was learnt from a text's features with what made features of the text.</summary>
internal static class TextTraining
{
    extension(FittedText text)
    {
        /// <summary>A model that was trained on the text's features, with what it takes to read other text in the same way.</summary>
        public Model Complete(Model model) => model with { Vectorizer = text.Vectorizer, LabelIds = text.Labels.Ids, Reading = text.Reading };
    }
}
