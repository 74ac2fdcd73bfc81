using System.Text;
using LightDxml.Data;
using LightDxml.TestKit;

namespace LightDxml.Text.Tests;

public sealed class SkosTests : IDisposable
{
    private const string Turtle = """""
        # Made up.
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix ex: <http://example.org/food/> .
        PREFIX dct: <http://purl.org/dc/terms/>
        @base <http://example.org/food/> .

        ex: a skos:ConceptScheme ; dct:title "Food"@en ; skos:hasTopConcept <cheese>, ex:bread .
        ex:cheese a skos:Concept ;
            skos:prefLabel "cheese"@en , "Käse"@de, 'fromage'@fr ;
            skos:altLabel "cheeses"@en, "Käsesorten"@de-AT ;
            skos:narrower <goat%20cheese>, ex:blue.cheese ;
            skos:notation 12 , -1.5e3, true ;
            skos:note [ dct:creator "someone" ; dct:source ( 1 "two" [] <three> ) ] ;
            .
        <goat%20cheese> a ex:Thing, skos:Concept ; skos:hiddenLabel "gote cheese"@en ;
            skos:prefLabel """goat
        "cheese\""""@en, "Ziegenk\u00E4se"@de .
        ex:blue.cheese a skos:Concept; skos:broader _:unknown, ex:mould; skos:prefLabel "blue cheese"^^<http://www.w3.org/2001/XMLSchema#string>.
        [] a skos:Concept ; skos:prefLabel "nobody"@en .
        [ skos:prefLabel "nothing"@en ] .
        ex:untitled a skos:Concept; skos:broader ex:cheese.
        """"";

    private const string RdfXml = """
        <?xml version="1.0" encoding="UTF-8"?>
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#" xmlns:ex="http://example.org/food/" xml:base="http://example.org/food/">
          <skos:ConceptScheme rdf:about="http://example.org/food/"><skos:hasTopConcept rdf:resource="cheese"/></skos:ConceptScheme>
          <skos:Concept rdf:about="cheese">
            <skos:prefLabel xml:lang="en">cheese</skos:prefLabel>
            <skos:prefLabel xml:lang="de">Käse</skos:prefLabel>
            <skos:prefLabel xml:lang="fr"><![CDATA[fromage]]></skos:prefLabel>
            <skos:altLabel xml:lang="en">cheeses</skos:altLabel>
            <skos:altLabel xml:lang="de-AT">Käsesorten</skos:altLabel>
            <skos:note rdf:parseType="Resource"><ex:source rdf:parseType="Literal"><b>bold</b></ex:source></skos:note>
            <skos:narrower>
              <rdf:Description rdf:about="goat%20cheese" xml:lang="en" skos:hiddenLabel="gote cheese">
                <rdf:type rdf:resource="http://www.w3.org/2004/02/skos/core#Concept"/>
                <skos:prefLabel>goat
        "cheese"</skos:prefLabel>
                <skos:prefLabel xml:lang="de">Ziegenk&#xE4;se</skos:prefLabel>
              </rdf:Description>
            </skos:narrower>
            <skos:narrower rdf:resource="blue.cheese"/>
          </skos:Concept>
          <skos:Concept rdf:about="blue.cheese"><skos:broader rdf:nodeID="x"/><skos:broader rdf:resource="mould"/><skos:prefLabel>blue cheese</skos:prefLabel></skos:Concept>
          <skos:Concept><skos:prefLabel xml:lang="en">nobody</skos:prefLabel></skos:Concept>
          <skos:Concept rdf:about="untitled"><skos:broader rdf:resource="cheese"/></skos:Concept>
        </rdf:RDF>
        """;

    private const string Food = "http://example.org/food/";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("food.ttl", Turtle)]
    [InlineData("food.turtle.gz", Turtle)]
    [InlineData("food", Turtle)]
    [InlineData("food.rdf", RdfXml)]
    [InlineData("food.xml.br", RdfXml)]
    [InlineData("food.txt", RdfXml)]
    public void Read_NamesOfAllLanguages_AndWhatIsAbove(string name, string content)
    {
        var catalog = LabelCatalog.Read(_folder.Write(name, content));
        Assert.Equal(["blue.cheese", "cheese", "goat%20cheese", "untitled"], catalog.Entries.Select(entry => entry.Id[Food.Length..]).Order(StringComparer.Ordinal));
        // Two concepts have a name in English and two in German, one in French: English is first.
        Assert.Equal("cheese", catalog.NameOf(Food + "cheese"));
        Assert.Equal(["Käse", "fromage", "cheeses", "Käsesorten"], catalog.Find(Food + "cheese")!.AlternativeNames);
        Assert.Equal("goat \"cheese\"", catalog.NameOf(Food + "goat%20cheese"));
        Assert.Equal(["Ziegenkäse", "gote cheese"], catalog.Find(Food + "goat%20cheese")!.AlternativeNames);
        Assert.Equal("blue cheese", catalog.NameOf(Food + "blue.cheese"));
        Assert.Equal([Food + "cheese", Food + "mould"], catalog.Find(Food + "blue.cheese")!.Parents.Order(StringComparer.Ordinal));
        Assert.Equal(Food + "untitled", catalog.NameOf(Food + "untitled"));
        Assert.Equal([0, 1], new[] { "cheese", "untitled" }.Select(label => catalog.Depth(Food + label)));
    }

    [Theory]
    [InlineData("de", "Käse", "Ziegenkäse", "Käsesorten")]
    [InlineData("FR", "fromage", Food + "goat%20cheese", "")]
    [InlineData("it,en", "cheese", "goat \"cheese\"", "cheeses")]
    [InlineData("fr,de", "fromage", "Ziegenkäse", "Käse Käsesorten")]
    public void Read_WithLanguages_TheFirstThatHasANameGivesIt_OthersDoNotCount(string languages, string cheese, string goat, string others)
    {
        foreach (var (name, content) in new[] { ("food.ttl", Turtle), ("food.rdf", RdfXml) })
        {
            var catalog = LabelCatalog.Read(_folder.Write(name, content), languages.Split(','));
            Assert.Equal((cheese, goat, "blue cheese"), (catalog.NameOf(Food + "cheese"), catalog.NameOf(Food + "goat%20cheese"), catalog.NameOf(Food + "blue.cheese")));
            Assert.Equal(others, string.Join(' ', catalog.Find(Food + "cheese")!.AlternativeNames));
        }
    }

    [Theory]
    [InlineData("food.ttl", Turtle, "it", "--language may name en, de, fr, de-at.")]
    [InlineData("food.rdf", "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"/>", null, "no skos:Concept")]
    [InlineData("labels.jsonl", "{\"id\": \"1\"}", "en", "have no language")]
    [InlineData("labels.tsv", "<http://example.org/1>\t<b>bread</b>\n", "en", "have no language")]
    public void Read_NothingToTake_IsAStatedError(string name, string content, string? language, string fault)
    {
        // A name without a language would be in every one.
        content = content.Replace("\"blue cheese\"^^<http://www.w3.org/2001/XMLSchema#string>", "\"blue cheese\"@en", StringComparison.Ordinal);
        var exception = Assert.Throws<LightDxmlException>(() => LabelCatalog.Read(_folder.Write(name, content), language is null ? [] : [language]));
        Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xl.ttl", """
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xl: <http://www.w3.org/2008/05/skos-xl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <http://example.org/1> a skos:Concept ; xl:prefLabel [ a xl:Label ; xl:literalForm "maize"@en ] ; xl:altLabel _:corn , <http://example.org/grain> .
        _:corn xl:literalForm "corn"@en .
        <http://example.org/grain> xl:literalForm "zea"@la .
        <http://example.org/2> a skos:Concept ; rdfs:label "rice"@en .
        <http://example.org/3> a skos:Concept ; rdfs:label "grass"@en ; skos:prefLabel "wheat"@en .
        """)]
    [InlineData("xl.rdf", """
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#" xmlns:xl="http://www.w3.org/2008/05/skos-xl#" xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#">
          <skos:Concept rdf:about="http://example.org/1">
            <xl:prefLabel><xl:Label><xl:literalForm xml:lang="en">maize</xl:literalForm></xl:Label></xl:prefLabel>
            <xl:altLabel rdf:nodeID="corn"/>
            <xl:altLabel rdf:parseType="Resource"><xl:literalForm xml:lang="la">zea</xl:literalForm></xl:altLabel>
          </skos:Concept>
          <xl:Label rdf:nodeID="corn"><xl:literalForm xml:lang="en">corn</xl:literalForm></xl:Label>
          <skos:Concept rdf:about="http://example.org/2"><rdfs:label xml:lang="en">rice</rdfs:label></skos:Concept>
          <skos:Concept rdf:about="http://example.org/3"><rdfs:label xml:lang="en">grass</rdfs:label><skos:prefLabel xml:lang="en">wheat</skos:prefLabel></skos:Concept>
        </rdf:RDF>
        """)]
    public void Names_ThatAreThingsOfTheirOwn_OrOfRdfAlone_AreNames(string name, string content)
    {
        var catalog = LabelCatalog.Read(_folder.Write(name, content));
        Assert.Equal(["maize", "rice", "wheat"], catalog.Entries.Select(entry => entry.Name));
        Assert.Equal(["corn", "zea"], catalog.Entries[0].AlternativeNames.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("old.ttl", "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix owl: <http://www.w3.org/2002/07/owl#> . <a> a skos:Concept ; skos:prefLabel \"new printers\" . <b> a skos:Concept ; skos:prefLabel \"printers\" ; owl:deprecated true .")]
    [InlineData("old.rdf", "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:skos=\"http://www.w3.org/2004/02/skos/core#\" xmlns:owl=\"http://www.w3.org/2002/07/owl#\"><skos:Concept rdf:about=\"a\"><skos:prefLabel>new printers</skos:prefLabel></skos:Concept><skos:Concept rdf:about=\"b\"><skos:prefLabel>printers</skos:prefLabel><owl:deprecated rdf:datatype=\"http://www.w3.org/2001/XMLSchema#boolean\">true</owl:deprecated></skos:Concept></rdf:RDF>")]
    public void DeprecatedConcepts_HaveNames_ButAreNoLabelsWithoutDocuments(string name, string content)
    {
        var catalog = LabelCatalog.Read(_folder.Write(name, content));
        Assert.Equal("printers", catalog.NameOf("b"));
        var train = _folder.Write("train.jsonl", "{\"text\": \"a note on scanners\", \"labels\": [\"c\"]}\n");
        var fitted = TextDataset.Fit(train, new TextReadOptions(), new TextVectorizerOptions { MinDocuments = 1 }, catalog, nameSource: LabelNameSource.Catalog);
        Assert.Equal(["a"], fitted.UnseenLabels.Select(entry => entry.Id));
    }

    [Theory]
    [InlineData("# no directives\n<http://example.org/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2004/02/skos/core#Concept> .\n", true)]
    [InlineData("prefix : <http://www.w3.org/2004/02/skos/core#>\n<http://example.org/1> a :Concept.", true)]
    [InlineData("@prefix s: <http://www.w3.org/2004/02/skos/core#>.<http://example.org/1>a s:Concept.", true)]
    [InlineData("<http://example.org/1>\tbread\n", false)]
    [InlineData("{\"id\": \"http://example.org/1\"}\n", false)]
    public void Read_WithoutAnEnding_IsToldByTheFirstBytes(string content, bool isVocabulary)
    {
        var path = _folder.Write("labels", content);
        Assert.Equal(isVocabulary, Skos.SkosFile.Recognizes(path));
        Assert.Equal(["http://example.org/1"], LabelCatalog.Read(path).Entries.Select(entry => entry.Id));
    }

    [Theory]
    [InlineData("<a> a <b>", 1, "expected '.'")]
    [InlineData("<a> a\n <b> ;; <c> \"open", 2, "without its closing \"")]
    [InlineData("<a>\n <c> '''open\n\n", 2, "without its closing '''")]
    [InlineData("<a>\n<open", 2, "without its >")]
    [InlineData("\n<a b> a <b> .", 2, "found ' ' in <a")]
    [InlineData("<a> a skos:Concept .", 1, "no @prefix before it")]
    [InlineData("@prefix skos <http://example.org/> .", 1, "its colon")]
    [InlineData("<a> <b> \"\\q\" .", 1, "the escape \\q")]
    [InlineData("<a> <b> \"\\u12\" .", 1, "4 hexadecimal digits")]
    [InlineData("<a> <b> \"\\uD800\" .", 1, "4 hexadecimal digits")]
    [InlineData("<a> <b> 1.2.3 .", 1, "expected a number")]
    [InlineData("<a>\n\"b\" <c> .", 2, "expected a property")]
    [InlineData("<a> <b> ( 1 2", 1, "the end of the file")]
    [InlineData("<a> <b> ] .", 1, "expected an <iri>")]
    [InlineData("word <b> <c> .", 1, "found 'word'")]
    [InlineData("<a> <b> { <c> } .", 1, "found '{'")]
    [InlineData("<a> <b> \"c\"@ .", 1, "found @ without")]
    public void Turtle_Fault_NamesFileAndLine(string content, long line, string fault) => Fails("bad.ttl", content, line, fault);

    [Theory]
    [InlineData("<rdf:RDF>", 1, "not XML")]
    [InlineData("<?xml version='1.0'?>\n<html/>", 2, "expected rdf:RDF")]
    [InlineData("<!DOCTYPE r [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]>\n<r>&b;</r>", 0, "<!DOCTYPE")]
    [InlineData("<!DOCTYPE r SYSTEM 'file:///etc/passwd'><r/>", 0, "<!DOCTYPE")]
    [InlineData("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n<rdf:Description>\n</rdf:RDF>", 3, "not XML")]
    [InlineData("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"></rdf:RDF>\nmore", 2, "not XML")]
    public void RdfXml_Fault_NamesFileAndLine_OrTheFileAlone(string content, long line, string fault) => Fails("bad.rdf", content, line, fault);

    [Fact]
    public void DeepNesting_IsAFault_NotAnOverflow()
    {
        Fails("deep.ttl", "<a> <b> " + new string('[', 100_000), 1, "'['", "within each other", "property");
        Fails("lists.ttl", "<a> <b> " + new string('(', 100_000), 1, "within each other");
        Fails("deep.rdf", "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">" + string.Concat(Enumerable.Repeat("<a>", 100_000)), 1, "deep within each other");
        Fails("nodes.ttl", "<a> <b> " + string.Concat(Enumerable.Repeat("[ <b> ", 100_000)), 1, "within each other");
    }

    [Fact]
    public void TextThatIsNotUtf8_NamesItsLine()
    {
        _folder.Write("latin.ttl", "");
        File.WriteAllBytes(_folder["latin.ttl"], [.. Encoding.ASCII.GetBytes("<a> <b>\n\"K"), 0xE4, .. Encoding.ASCII.GetBytes("se\" .\n<c> <d> <e> .\n")]);
        var exception = Assert.Throws<DataFormatException>(() => LabelCatalog.Read(_folder["latin.ttl"]));
        Assert.Equal(2, exception.Line);
        Assert.Contains("not UTF-8", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EncodingOfXml_IsThatOfItsDeclaration()
    {
        var content = RdfXml.Replace("UTF-8", "ISO-8859-1", StringComparison.Ordinal);
        File.WriteAllBytes(_folder["latin.rdf"], Encoding.Latin1.GetBytes(content));
        Assert.Equal("Käse", LabelCatalog.Read(_folder["latin.rdf"], ["de"]).NameOf(Food + "cheese"));
    }

    [Theory]
    [InlineData("<1> a s:Concept; s:broader <1> .")]
    [InlineData("<1> a s:Concept; s:broader <2> . <2> a s:Concept; s:broader <1> .")]
    [InlineData("<1> a s:Concept; s:narrower <2>, <3> . <2> a s:Concept; s:narrower <3> . <3> a s:Concept; s:narrower <1> .")]
    public void RingsOfBroader_End(string content)
    {
        var catalog = LabelCatalog.Read(_folder.Write("ring.ttl", "@prefix s: <http://www.w3.org/2004/02/skos/core#> .\n" + content));
        Assert.DoesNotContain("1", catalog.Ancestors("1"));
        Assert.Equal(0, catalog.Depth("1"));
    }

    private void Fails(string name, string content, long line, params string[] faults)
    {
        var exception = Assert.Throws<DataFormatException>(() => LabelCatalog.Read(_folder.Write(name, content)));
        Assert.Equal((name, line), (Path.GetFileName(exception.File), exception.Line));
        Assert.Contains(faults, fault => exception.Message.Contains(fault, StringComparison.Ordinal));
    }
}
