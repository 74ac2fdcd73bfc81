using System.Text;

namespace LightDxml.Text.Terms;

/// <summary>
/// Letters that Unicode's composed form (NFC) writes as others: those that only double another letter, and those that it never
/// composes. They are those of Unicode 14 within 16 bits; the runtime's own normalisation does nothing where globalisation is invariant.
/// </summary>
internal static class CanonicalLetters
{
    /// <summary>Letters that are another letter in every respect, and that letter, by turns.</summary>
    private const string Doubles = "\u0374ʹ\u0340\u0300\u0341\u0301\u0343\u0313\u1F71ά\u1F73έ\u1F75ή\u1F77ί\u1F79ό\u1F7Bύ\u1F7Dώ\u1FBBΆ\u1FBEι\u1FC9Έ\u1FCBΉ\u1FD3ΐ\u1FDBΊ\u1FE3ΰ\u1FEBΎ\u1FF9Ό\u1FFBΏ\u2126Ω\u212AK\u212BÅ";

    /// <summary>Letters that are always written as several, each with these behind it: Indic letters with a dot, Tibetan, Hebrew with points.</summary>
    private const string Several =
        "\u0344\u0308\u0301 \u0958\u0915\u093C \u0959\u0916\u093C \u095A\u0917\u093C \u095B\u091C\u093C \u095C\u0921\u093C \u095D\u0922\u093C \u095E\u092B\u093C " +
        "\u095F\u092F\u093C \u09DC\u09A1\u09BC \u09DD\u09A2\u09BC \u09DF\u09AF\u09BC \u0A33\u0A32\u0A3C \u0A36\u0A38\u0A3C \u0A59\u0A16\u0A3C \u0A5A\u0A17\u0A3C " +
        "\u0A5B\u0A1C\u0A3C \u0A5E\u0A2B\u0A3C \u0B5C\u0B21\u0B3C \u0B5D\u0B22\u0B3C \u0F43\u0F42\u0FB7 \u0F4D\u0F4C\u0FB7 \u0F52\u0F51\u0FB7 \u0F57\u0F56\u0FB7 " +
        "\u0F5C\u0F5B\u0FB7 \u0F69\u0F40\u0FB5 \u0F73\u0F71\u0F72 \u0F75\u0F71\u0F74 \u0F76\u0FB2\u0F80 \u0F78\u0FB3\u0F80 \u0F81\u0F71\u0F80 \u0F93\u0F92\u0FB7 " +
        "\u0F9D\u0F9C\u0FB7 \u0FA2\u0FA1\u0FB7 \u0FA7\u0FA6\u0FB7 \u0FAC\u0FAB\u0FB7 \u0FB9\u0F90\u0FB5 \uFB1D\u05D9\u05B4 \uFB1F\u05F2\u05B7 \uFB2A\u05E9\u05C1 " +
        "\uFB2B\u05E9\u05C2 \uFB2C\u05E9\u05BC\u05C1 \uFB2D\u05E9\u05BC\u05C2 \uFB2E\u05D0\u05B7 \uFB2F\u05D0\u05B8 \uFB30\u05D0\u05BC \uFB31\u05D1\u05BC \uFB32\u05D2\u05BC " +
        "\uFB33\u05D3\u05BC \uFB34\u05D4\u05BC \uFB35\u05D5\u05BC \uFB36\u05D6\u05BC \uFB38\u05D8\u05BC \uFB39\u05D9\u05BC \uFB3A\u05DA\u05BC \uFB3B\u05DB\u05BC " +
        "\uFB3C\u05DC\u05BC \uFB3E\u05DE\u05BC \uFB40\u05E0\u05BC \uFB41\u05E1\u05BC \uFB43\u05E3\u05BC \uFB44\u05E4\u05BC \uFB46\u05E6\u05BC \uFB47\u05E7\u05BC " +
        "\uFB48\u05E8\u05BC \uFB49\u05E9\u05BC \uFB4A\u05EA\u05BC \uFB4B\u05D5\u05B9 \uFB4C\u05D1\u05BF \uFB4D\u05DB\u05BF \uFB4E\u05E4\u05BF";

    /// <summary>Ideographs that double another one: a first one, and what it and those after it are.</summary>
    private static readonly (char First, string Ideographs)[] Ideographs =
    [
        ('\uF900', "豈更車賈滑串句龜龜契金喇奈懶癩羅蘿螺裸邏樂洛烙珞落酪駱亂卵欄爛蘭鸞嵐濫藍襤拉臘蠟廊朗浪狼郎來冷勞擄櫓爐盧老蘆虜路露魯鷺碌祿綠菉錄鹿論壟弄籠聾牢磊賂雷壘屢樓淚漏累縷陋勒肋凜凌稜綾菱陵讀拏樂諾丹寧怒率異北磻便復不泌數索參塞省葉說殺辰沈拾若掠略亮兩凉梁糧良諒量勵呂女廬旅濾礪閭驪麗黎力曆歷轢年憐戀撚漣煉璉秊練聯輦蓮連鍊列劣咽烈裂說廉念捻殮簾獵令囹寧嶺怜玲瑩羚聆鈴零靈領例禮醴隸惡了僚寮尿料樂燎療蓼遼龍暈阮劉杻柳流溜琉留硫紐類六戮陸倫崙淪輪律慄栗率隆利吏履易李梨泥理痢罹裏裡里離匿溺吝燐璘藺隣鱗麟林淋臨立笠粒狀炙識什茶刺切度拓糖宅洞暴輻行降見廓兀嗀"),
        ('\uFA10', "塚"),
        ('\uFA12', "晴"),
        ('\uFA15', "凞猪益礼神祥福靖精羽"),
        ('\uFA20', "蘒"),
        ('\uFA22', "諸"),
        ('\uFA25', "逸都"),
        ('\uFA2A', "飯飼館鶴郞隷侮僧免勉勤卑喝嘆器塀墨層屮悔慨憎懲敏既暑梅海渚漢煮爫琢碑社祉祈祐祖祝禍禎穀突節練縉繁署者臭艹艹著褐視謁謹賓贈辶逸難響頻恵𤋮舘"),
        ('\uFA70', "並况全侀充冀勇勺喝啕喙嗢塚墳奄奔婢嬨廒廙彩徭惘慎愈憎慠懲戴揄搜摒敖晴朗望杖歹殺流滛滋漢瀞煮瞧爵犯猪瑱甆画瘝瘟益盛直睊着磌窱節类絛練缾者荒華蝹襁覆視調諸請謁諾諭謹變贈輸遲醙鉶陼難靖韛響頋頻鬒龜𢡊𢡄𣏕㮝䀘䀹𥉉𥳐𧻓齃龎"),
    ];

    private static readonly Dictionary<char, string> Table = Create();

    /// <summary>What a letter is written as; null where it is written as itself.</summary>
    public static string? Of(Rune letter) => letter.IsBmp ? Table.GetValueOrDefault((char)letter.Value) : null;

    private static Dictionary<char, string> Create()
    {
        var table = new Dictionary<char, string>();
        for (var place = 0; place < Doubles.Length; place += 2)
            table.Add(Doubles[place], Doubles.Substring(place + 1, 1));
        foreach (var letters in Several.Split(' '))
            table.Add(letters[0], letters[1..]);
        foreach (var (first, ideographs) in Ideographs)
        {
            // Some are beyond 16 bits.
            var letter = first;
            foreach (var ideograph in ideographs.EnumerateRunes())
                table.Add(letter++, ideograph.ToString());
        }

        return table;
    }
}
