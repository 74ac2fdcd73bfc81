using System.IO.Compression;
using System.Text;
using LightDxml.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LightDxml.Hosting.Tests;

/// <summary>Files that are given to the page.</summary>
public sealed class PageFileTests(Browser browser) : IClassFixture<Browser>
{
    [SkippableTheory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("iso-8859-1")]
    public async Task TextFiles_AreRead_WhateverTheirEncoding(string encoding)
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var open = await browser.OpenAsync();
        var code = Encoding.GetEncoding(encoding);
        await GiveAsync(open, "note.txt", [.. code.GetPreamble(), .. code.GetBytes("Café: paper jam printer")]);
        await Expect(open.Page.Locator("#text")).ToHaveValueAsync("Café: paper jam printer");
        await Expect(open.Names.First).ToHaveTextAsync("printer");
        Assert.Empty(open.Complaints);
    }

    [SkippableFact]
    public async Task WordDocument_GivesItsParagraphs()
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var open = await browser.OpenAsync();
        var document = Zip("word/document.xml", """
            <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>
              <w:p><w:r><w:t>Password </w:t></w:r><w:r><w:t>locked</w:t><w:tab/><w:t>account &lt;b&gt;</w:t></w:r></w:p>
              <w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><mc:AlternateContent><mc:Choice><w:t>login</w:t></mc:Choice><mc:Fallback><w:t>twice</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>
            </w:body></w:document>
            """);
        await GiveAsync(open, "note.docx", document);
        await Expect(open.Page.Locator("#text")).ToHaveValueAsync("Password locked\taccount <b>\nlogin");
        await Expect(open.Names.First).ToHaveTextAsync("account");
        Assert.Empty(open.Complaints);
    }

    [SkippableTheory]
    [InlineData("paper.pdf", "PDF files are not read here")]
    [InlineData("sheet.docx", "is not a document of Word")]
    [InlineData("cut.docx", "is not a document of Word")]
    [InlineData("xml.docx", "is damaged")]
    [InlineData("image.txt", "is not a text file")]
    [InlineData("empty.txt", "has no text")]
    public async Task OtherFiles_AreRefused_AndTheTextStays(string name, string expected)
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var open = await browser.OpenAsync();
        await open.WriteAsync("paper jam printer");
        byte[] content = name switch
        {
            "paper.pdf" => [.. "%PDF-1.7\n%"u8, 0xE2, 0xE3],
            "sheet.docx" => Zip("xl/workbook.xml", "<a/>"),
            "cut.docx" => Zip("word/document.xml", new string('x', 5000))[..60],
            "xml.docx" => Zip("word/document.xml", "<w:document"),
            "image.txt" => [0x89, 0x50, 0x4E, 0x47, 0, 0, 1],
            _ => [],
        };
        await GiveAsync(open, name, content);
        await Expect(open.Page.Locator("#notice")).ToContainTextAsync(expected);
        Assert.Equal("paper jam printer", await open.Page.InputValueAsync("#text"));
        await Expect(open.Names.First).ToHaveTextAsync("printer");
        // The browser's own report of damaged XML has styles, which the page does not allow.
        Assert.All(open.Complaints, complaint => Assert.Contains("inline style", complaint, StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task DroppedFile_IsRead()
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var open = await browser.OpenAsync();
        await Expect(open.Page.Locator("#controls")).ToBeVisibleAsync();
        var transfer = await open.Page.EvaluateHandleAsync("() => { const data = new DataTransfer(); data.items.add(new File(['voice call headset'], 'call.txt')); return data; }");
        await open.Page.DispatchEventAsync("body", "dragenter", new { dataTransfer = transfer });
        await Expect(open.Page.Locator("body")).ToHaveClassAsync("dragging");
        await open.Page.DispatchEventAsync("body", "drop", new { dataTransfer = transfer });
        await Expect(open.Names.First).ToHaveTextAsync("phone");
        await Expect(open.Page.Locator("body")).Not.ToHaveClassAsync("dragging");
        Assert.Empty(open.Complaints);
    }

    private static Task GiveAsync(OpenPage open, string name, byte[] content) =>
        open.Page.SetInputFilesAsync("#file", new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = content });

    private static byte[] Zip(string name, string content)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry(name).Open();
            entry.Write(Encoding.UTF8.GetBytes(content));
        }

        return stream.ToArray();
    }
}
