using System.Globalization;
using System.Text;

namespace LightDxml.Text.Terms;

/// <summary>
/// Unicode's canonical compositions: a letter and the mark after it as one letter, so that the two codings of "é" are one. The pairs
/// are those of Unicode 14 within 16 bits; Korean syllables are computed. The runtime's own normalisation does nothing where
/// globalisation is invariant.
/// </summary>
internal static class Compositions
{
    private const int Leads = 0x1100, Vowels = 0x1161, Tails = 0x11A7, Syllables = 0xAC00;
    private const int LeadCount = 19, VowelCount = 21, TailCount = 28;

    /// <summary>A mark, and the letters that it composes with, each followed by the composed letter.</summary>
    private static readonly string[] Marks =
    [
        "\u0300AÀEÈIÌOÒUÙaàeèiìoòuùÜǛüǜNǸnǹЕЀИЍеѐиѝĒḔēḕŌṐōṑWẀwẁÂẦâầĂẰăằÊỀêềÔỒôồƠỜơờƯỪưừYỲyỳἀἂἁἃἈἊἉἋἐἒἑἓἘἚἙἛἠἢἡἣἨἪἩἫἰἲἱἳἸἺἹἻὀὂὁὃὈὊὉὋὐὒὑὓὙὛὠὢὡὣὨὪὩὫαὰεὲηὴιὶοὸυὺωὼΑᾺΕῈΗῊ\u1FBF\u1FCDϊῒΙῚ\u1FFE\u1FDDϋῢΥῪ\u00A8\u1FEDΟῸΩῺ",
        "\u0301AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźÜǗüǘGǴgǵÅǺåǻÆǼæǽØǾøǿ\u00A8\u0385ΑΆΕΈΗΉΙΊΟΌΥΎΩΏϊΐαάεέηήιίϋΰοόυύωώϒϓГЃКЌгѓкќÇḈçḉĒḖēḗÏḮïḯKḰkḱMḾmḿÕṌõṍŌṒōṓPṔpṕŨṸũṹWẂwẃÂẤâấĂẮăắÊẾêếÔỐôốƠỚơớƯỨưứἀἄἁἅἈἌἉἍἐἔἑἕἘἜἙἝἠἤἡἥἨἬἩἭἰἴἱἵἸἼἹἽὀὄὁὅὈὌὉὍὐὔὑὕὙὝὠὤὡὥὨὬὩὭ\u1FBF\u1FCE\u1FFE\u1FDE",
        "\u0302AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷZẐzẑẠẬạậẸỆẹệỌỘọộ",
        "\u0303AÃNÑOÕaãnñoõIĨiĩUŨuũVṼvṽÂẪâẫĂẴăẵEẼeẽÊỄêễÔỖôỗƠỠơỡƯỮưữYỸyỹ",
        "\u0304AĀaāEĒeēIĪiīOŌoōUŪuūÜǕüǖÄǞäǟȦǠȧǡÆǢæǣǪǬǫǭÖȪöȫÕȬõȭȮȰȯȱYȲyȳИӢиӣУӮуӯGḠgḡḶḸḷḹṚṜṛṝαᾱΑᾹιῑΙῙυῡΥῩ",
        "\u0306AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭУЎИЙийуўЖӁжӂАӐаӑЕӖеӗȨḜȩḝẠẶạặαᾰΑᾸιῐΙῘυῠΥῨ",
        "\u0307CĊcċEĖeėGĠgġIİZŻzżAȦaȧOȮoȯBḂbḃDḊdḋFḞfḟHḢhḣMṀmṁNṄnṅPṖpṗRṘrṙSṠsṡŚṤśṥŠṦšṧṢṨṣṩTṪtṫWẆwẇXẊxẋYẎyẏſẛ",
        "\u0308AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸΙΪΥΫιϊυϋϒϔЕЁІЇеёіїАӒаӓӘӚәӛЖӜжӝЗӞзӟИӤиӥОӦоӧӨӪөӫЭӬэӭУӰуӱЧӴчӵЫӸыӹHḦhḧÕṎõṏŪṺūṻWẄwẅXẌxẍtẗ",
        "\u0309AẢaảÂẨâẩĂẲăẳEẺeẻÊỂêểIỈiỉOỎoỏÔỔôổƠỞơởUỦuủƯỬưửYỶyỷ",
        "\u030AAÅaåUŮuůwẘyẙ",
        "\u030BOŐoőUŰuűУӲуӳ",
        "\u030CCČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzžAǍaǎIǏiǐOǑoǒUǓuǔÜǙüǚGǦgǧKǨkǩƷǮʒǯjǰHȞhȟ",
        "\u030FAȀaȁEȄeȅIȈiȉOȌoȍRȐrȑUȔuȕѴѶѵѷ",
        "\u0311AȂaȃEȆeȇIȊiȋOȎoȏRȒrȓUȖuȗ",
        "\u0313αἀΑἈεἐΕἘηἠΗἨιἰΙἸοὀΟὈυὐωὠΩὨρῤ",
        "\u0314αἁΑἉεἑΕἙηἡΗἩιἱΙἹοὁΟὉυὑΥὙωὡΩὩρῥΡῬ",
        "\u031BOƠoơUƯuư",
        "\u0323BḄbḅDḌdḍHḤhḥKḲkḳLḶlḷMṂmṃNṆnṇRṚrṛSṢsṣTṬtṭVṾvṿWẈwẉZẒzẓAẠaạEẸeẹIỊiịOỌoọƠỢơợUỤuụƯỰưựYỴyỵÂẬâậĂẶăặÊỆêệÔỘôộ",
        "\u0324UṲuṳ",
        "\u0325AḀaḁ",
        "\u0326SȘsșTȚtț",
        "\u0327CÇcçGĢgģKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţEȨeȩDḐdḑHḨhḩ",
        "\u0328AĄaąEĘeęIĮiįUŲuųOǪoǫ",
        "\u032DDḒdḓEḘeḙLḼlḽNṊnṋTṰtṱUṶuṷ",
        "\u032EHḪhḫ",
        "\u0330EḚeḛIḬiḭUṴuṵ",
        "\u0331BḆbḇDḎdḏKḴkḵLḺlḻNṈnṉRṞrṟTṮtṯZẔzẕhẖ",
        "\u0338\u2190\u219A\u2192\u219B\u2194\u21AE\u21D0\u21CD\u21D4\u21CE\u21D2\u21CF\u2203\u2204\u2208\u2209\u220B\u220C\u2223\u2224\u2225\u2226\u223C\u2241\u2243\u2244\u2245\u2247\u2248\u2249=\u2260\u2261\u2262\u224D\u226D<\u226E>\u226F\u2264\u2270\u2265\u2271\u2272\u2274\u2273\u2275\u2276\u2278\u2277\u2279\u227A\u2280\u227B\u2281\u2282\u2284\u2283\u2285\u2286\u2288\u2287\u2289\u22A2\u22AC\u22A8\u22AD\u22A9\u22AE\u22AB\u22AF\u227C\u22E0\u227D\u22E1\u2291\u22E2\u2292\u22E3\u22B2\u22EA\u22B3\u22EB\u22B4\u22EC\u22B5\u22ED",
        "\u0342ἀἆἁἇἈἎἉἏἠἦἡἧἨἮἩἯἰἶἱἷἸἾἹἿὐὖὑὗὙὟὠὦὡὧὨὮὩὯαᾶ\u00A8\u1FC1ηῆ\u1FBF\u1FCFιῖϊῗ\u1FFE\u1FDFυῦϋῧωῶ",
        "\u0345ἀᾀἁᾁἂᾂἃᾃἄᾄἅᾅἆᾆἇᾇἈᾈἉᾉἊᾊἋᾋἌᾌἍᾍἎᾎἏᾏἠᾐἡᾑἢᾒἣᾓἤᾔἥᾕἦᾖἧᾗἨᾘἩᾙἪᾚἫᾛἬᾜἭᾝἮᾞἯᾟὠᾠὡᾡὢᾢὣᾣὤᾤὥᾥὦᾦὧᾧὨᾨὩᾩὪᾪὫᾫὬᾬὭᾭὮᾮὯᾯὰᾲαᾳάᾴᾶᾷΑᾼὴῂηῃήῄῆῇΗῌὼῲωῳώῴῶῷΩῼ",
        "\u0653\u0627\u0622",
        "\u0654\u0627\u0623\u0648\u0624\u064A\u0626\u06D5\u06C0\u06C1\u06C2\u06D2\u06D3",
        "\u0655\u0627\u0625",
        "\u093Cनऩरऱळऴ",
        "\u09BE\u09C7\u09CB",
        "\u09D7\u09C7\u09CC",
        "\u0B3E\u0B47\u0B4B",
        "\u0B56\u0B47\u0B48",
        "\u0B57\u0B47\u0B4C",
        "\u0BBE\u0BC6\u0BCA\u0BC7\u0BCB",
        "\u0BD7ஒஔ\u0BC6\u0BCC",
        "\u0C56\u0C46\u0C48",
        "\u0CC2\u0CC6\u0CCA",
        "\u0CD5\u0CBF\u0CC0\u0CC6\u0CC7\u0CCA\u0CCB",
        "\u0CD6\u0CC6\u0CC8",
        "\u0D3E\u0D46\u0D4A\u0D47\u0D4B",
        "\u0D57\u0D46\u0D4C",
        "\u0DCA\u0DD9\u0DDA\u0DDC\u0DDD",
        "\u0DCF\u0DD9\u0DDC",
        "\u0DDF\u0DD9\u0DDE",
        "\u102Eဥဦ",
        "\u1B35ᬅᬆᬇᬈᬉᬊᬋᬌᬍᬎᬑᬒ\u1B3A\u1B3B\u1B3C\u1B3D\u1B3E\u1B40\u1B3F\u1B41\u1B42\u1B43",
        "\u3099かがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはばひびふぶへべほぼうゔゝゞカガキギクグケゲコゴサザシジスズセゼソゾタダチヂツヅテデトドハバヒビフブヘベホボウヴワヷヰヸヱヹヲヺヽヾ",
        "\u309Aはぱひぴふぷへぺほぽハパヒピフプヘペホポ",
    ];

    private static readonly Dictionary<(char Letter, char Mark), char> Pairs = Table();

    /// <summary>Whether a letter or mark may compose with what is before it, or may be written as others.</summary>
    public static bool MayCompose(Rune rune) => rune.Value >= 0x300
        && (rune.Value is <= 0x345 or 0x374 or (>= 0x653 and <= 0x655) or (>= Vowels and < Tails + TailCount) or (>= 0x1F71 and <= 0x212B) or 0x2ADC or 0x3099 or 0x309A or (>= 0xF900 and <= 0xFB4E)
            || (rune.Value is >= 0x93C and <= 0xFB9 && CanonicalLetters.Of(rune) is not null)
            || (rune.Value is >= 0x93C and <= 0x1B35 && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark));

    /// <summary>The letter that two are, or null.</summary>
    public static Rune? Compose(Rune letter, Rune mark)
    {
        var (first, second) = (letter.Value, mark.Value);
        if (second is >= Vowels and < Vowels + VowelCount && first is >= Leads and < Leads + LeadCount)
            return new Rune(Syllables + ((first - Leads) * VowelCount + second - Vowels) * TailCount);
        if (second is > Tails and < Tails + TailCount && first is >= Syllables and < Syllables + LeadCount * VowelCount * TailCount && (first - Syllables) % TailCount == 0)
            return new Rune(first + second - Tails);
        return letter.IsBmp && mark.IsBmp && Pairs.TryGetValue(((char)first, (char)second), out var composed) ? new Rune(composed) : null;
    }

    /// <summary>A text with its letters and marks composed.</summary>
    public static string Compose(string text)
    {
        if (Ascii.IsValid(text) || !text.EnumerateRunes().Any(MayCompose))
            return text;
        var runes = new List<Rune>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (CanonicalLetters.Of(rune) is not { } letters)
            {
                Add(rune);
                continue;
            }

            foreach (var letter in letters.EnumerateRunes())
                Add(letter);
        }

        return string.Concat(runes.Select(rune => rune.ToString()));

        void Add(Rune rune)
        {
            if (runes.Count > 0 && Compose(runes[^1], rune) is { } composed)
                runes[^1] = composed;
            else
                runes.Add(rune);
        }
    }

    private static Dictionary<(char, char), char> Table()
    {
        var pairs = new Dictionary<(char, char), char>();
        foreach (var mark in Marks)
        {
            for (var place = 1; place < mark.Length; place += 2)
                pairs.Add((mark[place], mark[0]), mark[place + 1]);
        }

        return pairs;
    }
}
