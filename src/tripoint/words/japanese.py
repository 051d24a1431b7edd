"""Japanese names read aloud: kana by Hepburn and by Kunrei, foreign names in katakana by sound, kanji as names are."""

from __future__ import annotations

from tripoint.words.han_tables import tables
from tripoint.words.letters import spellings

# How characters are usually read in Japanese names where neither the dictionary's first Chinese nor native reading is.
JAPANESE = dict(
    pair.split("=")
    for pair in spellings(
        "子=ko 美=mi 郎=ro 夫=o 雄=o 男=o 彦=hiko 恵=e 惠=e 香=ka 代=yo 江=e 介=suke 助=suke 輔=suke "
        "之=yuki 也=ya 哉=ya 樹=ki 人=to 斗=to 翔=sho 太=ta 大=dai 一=ichi 二=ji 三=zo 蔵=zo 造=zo 明=aki "
        "昭=aki 秋=aki 和=kazu 正=masa 政=masa 雅=masa 昌=masa 義=yoshi 吉=yoshi 良=yoshi 芳=yoshi "
        "弘=hiro 浩=hiro 博=hiro 広=hiro 宏=hiro 裕=hiro 洋=yo 隆=taka 孝=taka 貴=taka 高=taka 信=nobu "
        "伸=nobu 秀=hide 英=hide 茂=shige 重=shige 文=fumi 史=fumi 俊=toshi 敏=toshi 利=toshi 真=ma "
        "直=nao 智=tomo 友=tomo 朋=tomo 知=tomo 奈=na 菜=na 由=yu 優=yu 祐=yu 里=ri 理=ri 梨=ri 紀=ki "
        "希=ki 喜=ki 佳=ka 花=ka 沙=sa 佐=sa 早=sa 咲=saki 愛=ai 麻=ma 舞=mai 結=yu 春=haru 晴=haru 陽=yo "
        "光=mitsu 満=mitsu 幸=yuki 行=yuki 誠=makoto 健=ken 賢=ken 剛=go 武=take 竹=take 勝=katsu "
        "克=katsu 忠=tada 康=yasu 靖=yasu 泰=yasu 安=yasu 保=yasu 晋=shin 純=jun 潤=jun 淳=jun 修=osamu "
        "治=ji 清=kiyo 哲=tetsu 鉄=tetsu 徹=toru 透=toru 進=susumu 豊=yutaka 実=minoru 稔=minoru 勇=isamu "
        "守=mamoru 昇=noboru 司=ji 志=shi"
    )
)
JAPANESE_FIRST = {"藤": "fuji", "田": "ta", "川": "kawa", "河": "kawa", "佐": "sa", "加": "ka", "伊": "i", "斎": "sai",
                  "斉": "sai", "齋": "sai", "遠": "en", "近": "kon", "後": "go", "渡": "wata", "安": "an", "阿": "a",
                  "菅": "suga", "大": "o", "小": "ko", "中": "naka", "上": "ue", "長": "naga", "服": "hat", "工": "ku",
                  "内": "uchi", "新": "ara", "井": "i", "高": "taka", "本": "hon", "千": "chi", "久": "ku"}  # fmt: skip
JAPANESE_SECOND = {"藤": "to", "田": "da", "川": "kawa", "河": "kawa", "辺": "nabe",
                   "邊": "nabe", "部": "be", "木": "ki",
                   "口": "guchi", "々": "", "井": "i", "谷": "tani", "沢": "zawa", "澤": "zawa", "本": "moto",
                   "野": "no", "山": "yama", "村": "mura", "島": "shima", "嶋": "shima", "崎": "saki", "原": "hara",
                   "上": "gami", "下": "shita", "内": "uchi", "倉": "kura", "塚": "tsuka", "岡": "oka", "橋": "hashi",
                   "瀬": "se", "場": "ba", "尾": "o", "屋": "ya", "葉": "ba", "池": "ike", "永": "naga"}  # fmt: skip

# Kana by columns of the syllabary (Hepburn); small vowels change the syllable before them.
KANA = dict(
    zip(
        "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわゐゑをん"
        "がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽゔ",
        spellings(
            "a i u e o ka ki ku ke ko sa shi su se so ta chi tsu te to na ni nu ne no ha hi fu he ho ma mi mu "
            "me mo ya yu yo ra ri ru re ro wa i e o n ga gi gu ge go za ji zu ze zo da ji zu de do ba bi bu "
            "be bo pa pi pu pe po vu"
        ),
        strict=True,
    )
)
SMALL = dict(zip("ぁぃぅぇぉゃゅょゎ", ["a", "i", "u", "e", "o", "ya", "yu", "yo", "wa"], strict=True))
KUNREI = (("sh", "sy"), ("chi", "ti"), ("ch", "ty"), ("tsu", "tu"), ("ji", "zi"), ("j", "zy"), ("fu", "hu"))
LONG = (("ou", "o"), ("oo", "o"), ("uu", "u"))
KATAKANA_FIRST, KATAKANA_LAST, TO_HIRAGANA = "ァ", "ヴ", 0x60


def read_kana(words: tuple[str, ...]) -> list[list[str]]:
    """The readings of neighbouring words of kana: Hepburn, with long vowels written, Kunrei; by sound for katakana.

    Words in katakana are foreign names first.
    """
    hepburn = [hiragana_aloud(hiragana(word)) for word in words]
    short = [replaced(word, LONG) for word in hepburn]
    kunrei = [replaced(word, (("shi", "si"), ("sh", "sy"), *KUNREI[1:])) for word in short]
    native = [short, hepburn, kunrei]
    if not any(KATAKANA_FIRST <= letter <= KATAKANA_LAST for word in words for letter in word):
        return native
    return [[sound(word) for word in short], [sound(word).replace("r", "l") for word in short], *native]


def hiragana(word: str) -> str:
    """The word in hiragana."""
    return "".join(
        chr(ord(letter) - TO_HIRAGANA) if KATAKANA_FIRST <= letter <= KATAKANA_LAST else letter for letter in word
    )


def hiragana_aloud(word: str) -> str:
    """A word of hiragana in Hepburn, long vowels as they are written."""
    written = ""
    doubled = False
    for letter in word:
        if letter == "っ":
            doubled = True
        elif letter in SMALL:
            written = with_small(written, SMALL[letter])
        elif letter in KANA:
            syllable = KANA[letter]
            double = (
                ("t" if syllable.startswith("ch") else syllable[0]) if doubled and syllable[0] not in "aeiou" else ""
            )
            written, doubled = written + double + syllable, False
    return written


def with_small(written: str, vowel: str) -> str:
    """What was written, its last vowel changed by a small kana: ki and ya are kya, fu and a are fa."""
    if not written or written[-1] not in "aiueo":
        return written + vowel
    if vowel[0] in "yw":
        return written[:-1] + (vowel[1:] if written.endswith(("shi", "chi", "ji")) else vowel)
    if written.endswith(("te", "de", "to", "do", "fu", "vu", "shi", "chi", "ji", "tsu", "hu")):
        return written[:-1] + vowel
    return (written[:-1] + "w" if written.endswith("u") and len(written) > 1 else written) + vowel


def sound(word: str) -> str:
    """A foreign name in kana by its sound: vowels that only carry a consonant fall (sumisu is smis)."""
    written = word.replace("tsu", "ts").replace("ff", "f")
    for consonant in ("s", "k", "g", "r", "m", "p", "b", "v", "f", "z", "ts"):
        written = written.replace(consonant + "u", consonant + "_")
    written = written.replace("to", "t_").replace("do", "d_")
    kept = ""
    for place, letter in enumerate(written):
        before, after = written[place - 1 : place], written[place + 1 : place + 2]
        if letter == "_" and (after in tuple("aeiou") or (place < 2 and after not in tuple("rmtpknw"))):
            letter = "o" if before in "td" else "u"
        kept += letter
    return kept.replace("_", "")


def replaced(word: str, pairs: tuple[tuple[str, str], ...]) -> str:
    """The word with each first of a pair replaced by its second."""
    for old, new in pairs:
        word = word.replace(old, new)
    return word


def in_japanese(words: tuple[str, ...]) -> list[str]:
    """A name in kanji as Japanese names are mostly read: the family name natively, the given name as such names are."""
    name = words[0]
    if len(words) > 1:
        return [family_name(name), *(given_name(word) for word in words[1:])]
    if len(name) < 3:  # a family name alone is likelier than a whole name of two characters
        return [family_name(name)]
    return [each for each in (family_name(name[:2]), given_name(name[2:])) if each]


def family_name(word: str) -> str:
    """A family name by native readings, its usual first and second parts by their own."""
    written = JAPANESE_FIRST.get(word[0]) if len(word) > 1 else None
    written = written or native(word[0])
    return written + "".join(JAPANESE_SECOND.get(letter) or native(letter) for letter in word[1:])


def given_name(word: str) -> str:
    """A given name by the readings usual in names, else by Chinese readings."""
    on = tables()["on"]
    return replaced("".join(JAPANESE.get(letter) or on.get(letter) or native(letter) for letter in word), LONG)


def native(letter: str) -> str:
    """The native reading of a character, else the Chinese one; empty where Japanese has none."""
    return tables()["kun"].get(letter) or tables()["on"].get(letter) or ""
