using System.Text;

namespace LightDxml.Encoders.Protocol;

/// <summary>A step of an ONNX network (NodeProto).</summary>
internal sealed record NetworkNode(string Kind, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, string Domain)
{
    /// <exception cref="FormatException">It is damaged.</exception>
    public static NetworkNode Read(ReadOnlyMemory<byte> message)
    {
        var (kind, domain, inputs, outputs) = ("", "", new List<string>(), new List<string>());
        var fields = new FieldReader(message);
        while (fields.Next())
        {
            var text = fields.Field is 1 or 2 or 4 or 7 ? Encoding.UTF8.GetString(fields.Part.Span) : "";
            switch (fields.Field)
            {
                case 1:
                    inputs.Add(text);
                    break;
                case 2:
                    outputs.Add(text);
                    break;
                case 4:
                    kind = text;
                    break;
                case 7:
                    domain = text;
                    break;
            }
        }

        return new NetworkNode(kind, inputs, outputs, domain);
    }

    /// <summary>Writes a step without settings.</summary>
    public static FieldWriter Write(string kind, string[] inputs, params string[] outputs)
    {
        var node = new FieldWriter();
        foreach (var input in inputs)
            node.Text(1, input);
        foreach (var output in outputs)
            node.Text(2, output);
        return node.Text(4, kind);
    }
}
