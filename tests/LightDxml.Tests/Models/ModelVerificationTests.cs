using System.Text;
using LightDxml.Models;
using LightDxml.TestKit;
using LightDxml.Text;

namespace LightDxml.Tests.Models;

/// <summary>Files of a model are compared with the checksums of its configuration: when they are read, and by verify.</summary>
public sealed class ModelVerificationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string ModelPath => _folder["model"];

    [Theory]
    [InlineData("model", 1)]
    [InlineData("model", 2)]
    [InlineData("model.ldx", 1)]
    [InlineData("model.ldx", 3)]
    public void Verify_ASavedModel_IsWholeInEveryFile(string name, int members)
    {
        ModelStore.Save(TextModels(members), _folder[name]);
        var files = ModelStore.Verify(_folder[name]);
        Assert.Equal(members == 1 ? 6 : 4 + 3 * members, files.Count);
        Assert.All(files, file => Assert.Equal(FileState.Whole, file.State));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Verify_AnyDamagedByte_NamesTheFileAndNoOther(int members)
    {
        ModelStore.Save(TextModels(members), ModelPath);
        var random = new Random(members);
        foreach (var path in Directory.GetFiles(ModelPath, "*", SearchOption.AllDirectories))
        {
            var whole = File.ReadAllBytes(path);
            for (var round = 0; round < 12; round++)
            {
                var damaged = (byte[])whole.Clone();
                damaged[random.Next(whole.Length)] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(path, damaged);
                var found = ModelStore.Verify(ModelPath).Where(file => file.State == FileState.Damaged).Select(file => file.Name).Distinct();
                var name = Path.GetRelativePath(ModelPath, path).Replace(Path.DirectorySeparatorChar, '/');

                // Without a configuration that can be read, nothing is known of the others.
                Assert.Contains(name, found.Concat(ModelStore.Verify(ModelPath).Where(file => file.State == FileState.Unknown && file.Name.EndsWith(".json", StringComparison.Ordinal)).Select(file => file.Name)));
                if (!name.EndsWith("config.json", StringComparison.Ordinal))
                    Assert.Equal([name], found);
            }

            File.WriteAllBytes(path, whole);
        }

        Assert.All(ModelStore.Verify(ModelPath), file => Assert.Equal(FileState.Whole, file.State));
    }

    [Theory]
    [InlineData("labels.txt")]
    [InlineData("vocabulary.txt")]
    [InlineData("model.safetensors")]
    public void Verify_MissingFile_IsNamed(string file)
    {
        ModelStore.Save(TextModels(1), ModelPath);
        File.Delete(Path.Combine(ModelPath, file));
        Assert.Equal((file, "missing"), Assert.Single(ModelStore.Verify(ModelPath).Where(found => found.State == FileState.Damaged).Select(found => (found.Name, found.Detail))));
    }

    [Theory]
    [InlineData("labels.txt")]
    [InlineData("label-ids.txt")]
    [InlineData("vocabulary.txt")]
    [InlineData("model.safetensors")]
    public void Load_AFileOfAnotherSaveOfTheSameSizes_IsRefused(string file)
    {
        ModelStore.Save(TextModels(1, "a"), ModelPath);
        ModelStore.Save(TextModels(1, "b", seed: 3), _folder["other"]);
        File.Copy(Path.Combine(_folder["other"], file), Path.Combine(ModelPath, file), overwrite: true);
        var fault = Assert.ThrowsAny<LightDxmlException>(() => ModelFolder.Load(ModelPath));
        Assert.Contains(file, fault.Message, StringComparison.Ordinal);
        Assert.Contains("not the file that was saved with this model", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AMemberOfAnotherEnsemble_IsRefused()
    {
        ModelStore.Save(TextModels(2, "a"), ModelPath);
        ModelStore.Save(TextModels(2, "a", seed: 5), _folder["other"]);
        Directory.Delete(Path.Combine(ModelPath, "member-2"), recursive: true);
        Directory.Move(Path.Combine(_folder["other"], "member-2"), Path.Combine(ModelPath, "member-2"));
        Assert.Contains("member-2", Assert.ThrowsAny<LightDxmlException>(() => ModelStore.Load(ModelPath)).Message, StringComparison.Ordinal);
        Assert.Equal("member-2/config.json", Assert.Single(ModelStore.Verify(ModelPath), file => file.State == FileState.Damaged).Name);
    }

    // What a reader gets while models take each other's place is one of them, or an error.
    [Fact]
    public async Task Load_WhileModelsTakeEachOthersPlace_GivesOneOfThem()
    {
        var (one, other) = (TextModels(1, "a"), TextModels(1, "b", seed: 4));
        ModelStore.Save(one, ModelPath);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        var saving = Task.Run(() =>
        {
            for (var save = 0; !stop.IsCancellationRequested; save++)
                ModelStore.Save(save % 2 == 0 ? other : one, ModelPath);
        });
        var (loads, refused) = (0, 0);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var model = ModelFolder.Load(ModelPath);
                loads++;
                var source = model.LabelNames![0] == one[0].LabelNames![0] ? one[0] : other[0];
                Assert.Equal(source.LabelNames, model.LabelNames);
                Assert.Equal(source.LabelIds, model.LabelIds);
                Assert.Equal(source.LabelEmbeddings.Span.ToArray(), model.LabelEmbeddings.Span.ToArray());
            }
            catch (LightDxmlException)
            {
                refused++;
            }
        }

        await saving;
        Assert.True(loads > 0, $"none of {refused} loads gave a model");
    }

    [Theory]
    [InlineData("single")]
    [InlineData("ensemble")]
    public void Verify_ModelOfAnEarlierVersion_SaysThatNothingIsKnown(string name)
    {
        var files = ModelStore.Verify(Path.Combine(AppContext.BaseDirectory, "Models", "Released", "0.1", name));
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Equal(FileState.Unknown, file.State));
    }

    [Fact]
    public void Verify_FileOfSomeoneElse_IsNotOfTheModel()
    {
        ModelStore.Save(TextModels(1), ModelPath);
        File.WriteAllText(Path.Combine(ModelPath, "notes.md"), "mine");
        Assert.Equal("not of the model", ModelStore.Verify(ModelPath).Single(file => file.Name == "notes.md").Detail);
    }

    private static Model[] TextModels(int members, string name = "a", int seed = 1)
    {
        var vocabulary = new MemoryStream(Encoding.UTF8.GetBytes($"documents\t9\n{name}one\t3\t1.5\n{name}two\t4\t1.25\n"));
        var vectorizer = TextVectorizer.Read(vocabulary, "vocabulary", new TextVectorizerOptions { MaxNgram = 1 }, featureCount: 2);
        return [.. Enumerable.Range(0, members).Select(member => SampleModels.Random(2, 3, 4, seed + member) with
        {
            LabelNames = [$"{name}1", $"{name}2", $"{name}3"],
            LabelIds = [$"{name}-1", $"{name}-2", $"{name}-3"],
            Vectorizer = vectorizer,
        })];
    }
}
