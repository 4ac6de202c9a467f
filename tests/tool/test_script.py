"""From Traditional text to Simplified text, search keys and conversion losses."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import unicodedata
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import opencc
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from laws import examples

from site_builder.language import chinese, folding
from site_builder.language.chinese import PREPOSITION, Simplifier, conversion_losses, tw2s
from site_builder.language.folding import fold, fold_map_for

ROOT = Path(__file__).parents[2]
CORPUS = "".join(
    path.read_text(encoding="utf-8")
    for root in (ROOT, ROOT / "tests" / "tiny")
    for path in sorted((root / "corpus").glob("*/text.md"))
)
"""The texts of both projects.  What holds of them must hold of any text."""

BACK = str.maketrans("“”‘’", "「」『』")

reference = opencc.OpenCC("tw2s").convert
simplify = Simplifier()


def read(name: str) -> dict[str, str]:
    try:
        return chinese._dictionary(name)
    except OSError:  # a distribution without dictionaries as text: nothing to compare with
        return {}


PHRASES = [*read("TWVariantsRevPhrases.txt"), *read("TSPhrases.txt")]
# Phrases of the second step, as a text of Taiwan writes them: the first step has to lead to them.
TAIWAN = str.maketrans({new: old for old, new in read("TWVariantsRev.txt").items()})
PHRASES += sorted({phrase.translate(TAIWAN) for phrase in PHRASES} - {*PHRASES})
CHARACTERS = [*read("TSCharacters.txt"), *read("TWVariantsRev.txt")]
MARKS = [*"\n\r\t 　-,.?!*，。、；：？！…“”「」『』—（）《》〈〉【】～aZ9＋𠮷\u0301"]
PARTS = PHRASES or ["顯著", "意味著"]

parts = st.sampled_from(PARTS)
pieces = st.one_of(
    parts,
    st.builds(lambda phrase, end: phrase[: end % len(phrase) + 1], parts, st.integers(0, 14)),
    st.builds(lambda phrase, start: phrase[start % len(phrase) :], parts, st.integers(0, 14)),
    st.sampled_from(sorted(set("".join(PARTS)))),
    st.sampled_from(CHARACTERS or ["門"]),
    st.sampled_from(MARKS),
    st.text(max_size=3),
)
texts = st.lists(pieces, max_size=12).map("".join)


# --- conversion -----------------------------------------------------------------------------------


def test_the_corpus_is_converted_as_opencc_does() -> None:
    assert tw2s(CORPUS) == reference(CORPUS)


def test_every_phrase_is_converted_as_opencc_does() -> None:
    for phrase in PARTS:
        for text in (phrase, f"{phrase}，", f"門{phrase}著", phrase * 2, phrase[1:] + phrase[:-1]):
            assert tw2s(text) == reference(text)


def test_phrases_side_by_side_are_converted_as_opencc_does() -> None:
    """Neighbours share characters, and the longer or the earlier has to win as it does there."""
    for one, other in pairwise(sorted(PARTS, key=lambda phrase: phrase[::-1])):
        for text in (one + other, other + one, one[:-1] + other, one + other[1:]):
            assert tw2s(text) == reference(text)


def test_every_character_is_converted_as_opencc_does() -> None:
    text = "\n".join(chr(code) for code in range(0x3400, 0xA000))
    assert tw2s(text) == reference(text)


@given(texts)
@settings(max_examples=examples(500))
@example("意味著名著者")
@example("以免藉口吃口令")
@example("顛倒乾坤乾乾淨淨")
def test_any_text_is_converted_as_opencc_does(text: str) -> None:
    assert tw2s(text) == reference(text)


@given(texts)
def test_a_view_is_as_long_as_its_text(text: str) -> None:
    assert len(simplify(text)) == len(text)


def test_a_conversion_that_changes_the_length_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chinese, "_converter", lambda config: lambda text: text + "!")
    with pytest.raises(ValueError, match=r"must keep the length: '城市'"):
        Simplifier()("城市")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("什么是软件？", "什麼是軟件？"),
        ("干部说：“头发‘里面’。”", "幹部說：「頭髮『裡面』。」"),
        ("don’t，“未完", "don’t，“未完"),
        ("皇后说后来", "皇后說後來"),
        ("", ""),
    ],
)
def test_a_simplified_text_is_converted_to_traditional(text: str, wanted: str) -> None:
    assert chinese.Traditionalizer()(text) == wanted


def test_words_to_keep_hold_in_traditional_too() -> None:
    assert chinese.Traditionalizer()("里后说") == "裡後說"
    assert chinese.Traditionalizer(("里后",))("里后说") == "里后說"
    assert chinese.Traditionalizer(("于谦",), {"于谦": "於謙"})("于谦") == "於謙"


@pytest.mark.parametrize("text", [CORPUS[:2000], "什么"])
def test_a_text_converted_to_traditional_is_as_long_as_before(text: str) -> None:
    assert len(chinese.Traditionalizer()(tw2s(text))) == len(text)


@pytest.mark.parametrize(
    ("source", "target", "text", "wanted"),
    [
        ("zh-Hant", "zh-Hans", "什麼", "什么"),
        ("zh-TW", "zh-CN", "「什麼」", "“什么”"),
        ("yue", "zh-Hans", "什麼", "什么"),
        ("zh-Hans", "zh-Hant", "“什么”", "「什麼」"),
    ],
)
def test_a_text_is_converted_from_the_script_it_has_to_the_other(
    source: str, target: str, text: str, wanted: str
) -> None:
    convert = chinese.converter(source, target)
    assert convert is not None
    assert convert(text) == wanted


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("zh-Hans", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-Hant", "zh-TW"),
        ("zh", "zh-Hans"),
        ("en", "zh-Hans"),
        ("ja", "zh-Hans"),
        ("zh-Hant", "en"),
        ("", "zh-Hans"),
    ],
)
def test_a_text_that_is_in_the_script_of_the_view_is_never_converted(source: str, target: str) -> None:
    assert chinese.converter(source, target) is None


def test_quotation_marks_follow_the_mainland_one_to_one() -> None:
    assert simplify("他說：「這叫『流水史』。」") == "他说：“这叫‘流水史’。”"


@pytest.mark.parametrize("text", ["", "Wirth, L. (1938) “Urbanism” 1–24", "<p id='p1'>&amp;</p>"])
def test_a_text_without_han_characters_is_unchanged(text: str) -> None:
    assert simplify(text) == text
    assert conversion_losses(text) == ()


def test_each_text_is_converted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def convert(text: str) -> str:
        seen.append(text)
        return tw2s(text)

    monkeypatch.setattr(chinese, "tw2s", convert)
    once = Simplifier()
    assert [once("發"), once("髮"), once("發")] == ["发", "发", "发"]
    assert seen == ["發", "髮"]


# --- kept words -----------------------------------------------------------------------------------

ZHU = """
原著→原著 編著→编著 譯著→译著 專著→专著 論著→论著 名著→名著 巨著→巨著 合著→合著 遺著→遗著
拙著→拙著 著名→著名 著作→著作 著稱→著称 著者→著者 著述→著述 著錄→著录 顯著→显著 卓著→卓著
土著→土著 顯著有效→显著有效 他編著有→他编著有 專著有三種→专著有三种 論著者→论著者
韋伯所著→韦伯所著 著有《流水史》→著有《流水史》 陳雲林著有《城市》→陈云林著有《城市》
他著有多部→他著有多部 1910年，著有多部→1910年，著有多部 先後著有→先后著有
Wirth著有一文→Wirth著有一文 （1938）著有→（1938）著有
"""
ZHE = """
意味著→意味着 意味著有→意味着有 意味著有《民法》→意味着有《民法》 隨著→随着 隨著有→随着有
隨著有《民法》→随着有《民法》 沿著→沿着 執著→执着 附著物→附着物 著手→着手 著力→着力 著→着
看著有人→看着有人 存在著有《憲法》→存在着有《宪法》 草原著火→草原着火 接著有→接着有
研究所著手→研究所着手 翻譯著→翻译着 討論著→讨论着 討論著作→讨论著作 討論著名→讨论著名
"""


@pytest.mark.parametrize("case", (ZHU + ZHE).split())
def test_著_stays_in_a_noun_and_where_it_means_to_write(case: str) -> None:
    text, wanted = case.split("→")
    assert simplify(text) == wanted


@pytest.mark.parametrize("case", ZHU.split()[:19])
@pytest.mark.parametrize(("before", "after"), [("", ""), ("這部", "。"), ("「", "」")])
def test_a_kept_word_is_kept_anywhere(case: str, before: str, after: str) -> None:
    text, wanted = case.split("→")
    assert simplify(before + text + after) == simplify(before) + wanted + simplify(after)


def test_著有_is_known_at_the_start_of_a_text_and_of_a_line() -> None:
    assert simplify("著有一書。\n著有二書。「著有三書」") == "著有一书。\n著有二书。“著有三书”"


@pytest.mark.parametrize("word", PREPOSITION)
def test_於_before_another_word_is_the_preposition(word: str) -> None:
    assert simplify(f"歸{word}的") == f"归于{simplify(word[1:])}的"
    assert Simplifier((word,))(word)[0] == "於"


def test_a_name_with_於_is_kept_as_opencc_does() -> None:
    assert (
        simplify("於梨華；於陵子；樊於期；於潛縣；常歸於單一制")
        == "於梨华；於陵子；樊於期；於潜县；常归于单一制"
    )


def test_a_project_keeps_its_own_words() -> None:
    keep = Simplifier(("於勝", "乾門", "陳雲林著", "夥同"))
    assert keep("於勝至於乾門之後，陳雲林著，夥同") == "於胜至于乾门之后，陈云林著，夥同"
    assert simplify("於勝、乾門、陳雲林著、夥同") == "于胜、干门、陈云林着、伙同"


def test_a_longer_kept_word_wins() -> None:
    assert Simplifier(("意味著有史",))("意味著有史") == "意味著有史"
    assert Simplifier(("翻譯著",))("翻譯著") == "翻译著"
    assert Simplifier(("著有",))("意味著有；看著有；著有") == "意味着有；看着有；著有"


def test_a_kept_word_may_be_one_that_nothing_changes() -> None:
    assert Simplifier(("人民",))("人民發展") == "人民发展"


def test_an_empty_kept_word_is_refused() -> None:
    with pytest.raises(ValueError, match="must not be empty"):
        Simplifier(("",))


# --- search ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "variants",
    [
        *("著着", "麼麽幺么", "祇只隻衹", "臺台檯颱", "裡裏里", "乾幹干", "於于", "後后", "發髮发"),
        *("戶户戸", "靑青", "毎每", "増增", "淸清", "呉吳吴", "擧舉举", "気氣气", "圀國国", "緖緒绪", "値值"),
        *(
            "髙高",
            "隣鄰邻",
            "畧略",
            "寳寶宝",
            "徳德",
            "歴歷历",
            "硏研",
            "曽曾",
            "竜龍龙",
            "旣既",
            "敎教",
            "黃黄",
        ),
        *("畫划劃", "沈沉瀋", "藉借", "覆復複复", "為爲为", "群羣", "峰峯", "說説说", "祕秘"),
        *("ａAａA", "１1①", "éeÉêẻ", "ñnÑ", "øoØ", "ıiI", "άαΆ", "ςσΣ", "أاآإٱ", "ىي", "٧7۷"),
    ],
)
def test_variants_have_one_key(variants: str) -> None:
    assert len({fold(char)[0] for char in variants}) == 1


@pytest.mark.parametrize(
    "pair", ["城市", "弁辨", "予豫", "藝芸", "人入", "未末", "已己", "大太", "發後", "a1", "йи", "がか", "بت"]
)
def test_different_characters_have_different_keys(pair: str) -> None:
    assert fold(pair[0])[0] != fold(pair[1])[0]


def test_a_key_has_no_punctuation_no_case_and_one_width() -> None:
    assert fold("「ＡＢ c」，㎡ １２—臺灣！") == (
        "abcm212台湾",
        (1, 2, 4, 7, 7, 9, 10, 12, 13),
    )


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Straße", "strasse"),
        ("Œuvre d’Æsop", "oeuvredaesop"),
        ("e\u0301te\u0301", "ete"),
        ("İstanbul", "istanbul"),
        ("مُحَمَّد", "محمد"),
        ("كتـــاب", "كتاب"),
    ],
)
def test_letters_are_found_without_their_marks(text: str, key: str) -> None:
    assert fold(text)[0] == key


@pytest.mark.parametrize("text", ["", " 　\n", "「」，。——…（）《》", "*_#[]{}"])
def test_marks_alone_have_an_empty_key(text: str) -> None:
    assert fold(text) == ("", ())


@given(texts)
@settings(max_examples=examples(300))
@example("計畫沈沒乾隆藉口回覆瞭解傢俱彷彿老態龍鍾情有獨鍾手鍊甚鉅二噁英")
def test_both_scripts_have_one_key(text: str) -> None:
    assert fold(simplify(text)) == fold(text)


def test_both_scripts_have_one_key_in_every_phrase_and_in_the_corpus() -> None:
    for text in (*PARTS, CORPUS):
        assert fold(simplify(text)) == fold(text)


@given(texts)
def test_a_key_is_its_own_key(text: str) -> None:
    key, _ = fold(text)
    assert fold(key) == (key, tuple(range(len(key))))


@given(texts)
def test_offsets_never_decrease_and_lead_back(text: str) -> None:
    key, offsets = fold(text)
    assert len(offsets) == len(key)
    assert list(offsets) == sorted(offsets)
    assert all(char in fold(text[at])[0] for char, at in zip(key, offsets, strict=True))


@given(texts, st.integers(0, 60), st.integers(0, 60))
def test_the_key_of_any_part_is_in_the_key_of_the_whole(text: str, start: int, end: int) -> None:
    assert fold(text[start:end])[0] in fold(text)[0]
    assert fold(simplify(text)[start:end])[0] in fold(text)[0]


def test_no_variant_is_folded_out_of_the_bmp() -> None:
    """Otherwise an offset that counts UTF-16 units would be wrong after such a character."""
    beyond = [char for char, folded in folding._folds().items() if char <= "\uffff" < folded]
    assert beyond == []
    assert tw2s("㑮") == "𫝈"  # one of those whose Simplified form lies beyond
    assert fold("㑮") == fold("𫝈") == ("㑮", (0,))


def test_offsets_count_code_points() -> None:
    assert fold("𠮷，𫝈市") == ("𠮷㑮市", (0, 2, 3))


def key_elsewhere(text: str, folds: dict[str, str]) -> str:
    """The key that a program computes with the map alone."""
    plain = ""
    for char in text:
        lower = unicodedata.normalize("NFKC", char).lower()
        if re.search("[\u00c0-\u03ff\u1e00-\u1fff]", lower):
            lower = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFD", lower))
        plain += lower
    # Planes 2 and 3 are reserved for ideographs: a program can be older than the newest of them.
    letters = (
        char
        for char in plain
        if (unicodedata.category(char)[0] in "LN" or "\U00020000" <= char <= "\U0003fffd")
        and char != "\u0640"
    )
    return "".join(folds.get(char, char) for char in letters)


CORPUS_FOLDS = fold_map_for(set(fold(CORPUS)[0]))


@given(texts)
@example("\U0003134b")  # an ideograph of a later Unicode than that of this Python
def test_the_shipped_map_finds_what_the_full_one_finds(query: str) -> None:
    key, _ = fold(CORPUS)
    found = key_elsewhere(query, CORPUS_FOLDS)
    assert (found in key) == (fold(query)[0] in key)


def test_the_shipped_map_gives_the_key_of_the_corpus_in_both_scripts() -> None:
    key, _ = fold(CORPUS)
    assert key_elsewhere(CORPUS, CORPUS_FOLDS) == key
    assert key_elsewhere(simplify(CORPUS), CORPUS_FOLDS) == key


def test_the_shipped_map_is_small_and_ordered() -> None:
    assert fold_map_for("着") == {"著": "着"}
    assert fold_map_for(()) == {}
    assert list(CORPUS_FOLDS) == sorted(CORPUS_FOLDS)
    assert len(CORPUS_FOLDS) < 1000


# --- conversion losses ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "losses"),
    [
        ("發展", ((0, "merges"),)),
        ("頭髮", ((1, "lossy"),)),
        ("鄰里、這裡", ((1, "lossy"), (4, "merges"))),
        ("皇后之後", ((1, "lossy"), (3, "merges"))),
        ("方面", ((1, "merges"),)),
        ("干預、幹部、乾淨", ((0, "lossy"), (3, "merges"), (6, "lossy"))),
        ("乾隆", ()),
        ("流水不腐，為群眾", ()),
        ("山峯", ((1, "lossy"),)),
    ],
)
def test_conversion_losses_are_found(text: str, losses: tuple[tuple[int, str], ...]) -> None:
    assert conversion_losses(text) == losses


def test_a_character_without_a_loss_converts_back() -> None:
    lost = {offset for offset, _ in conversion_losses(CORPUS)}
    back = opencc.OpenCC("s2tw").convert
    for char in {char for i, char in enumerate(CORPUS) if i not in lost}:
        assert back(tw2s(char)) == char
    assert len(lost) < len(CORPUS) / 15  # marking everything would show nothing


# --- the module opencc ----------------------------------------------------------------------------


def a_second_script() -> ModuleType:
    """The module, imported again without caches."""
    spec = importlib.util.spec_from_file_location("second_script", chinese.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def without_tables() -> ModuleType:
    """The module without dictionaries as text beside opencc."""
    second = a_second_script()

    def nowhere() -> Path:
        raise FileNotFoundError

    second._opencc_folder = nowhere  # type: ignore[attr-defined]
    return second


def test_without_dictionaries_opencc_itself_converts(without_tables: ModuleType) -> None:
    convert = without_tables.Simplifier(("於勝",))
    ours = Simplifier(("於勝",))
    for text in (CORPUS, "於勝", *(ZHU + ZHE).split()):
        assert convert(text) == ours(text)


def test_without_dictionaries_keys_and_losses_are_the_same(without_tables: ModuleType) -> None:
    assert without_tables.conversion_losses(CORPUS) == conversion_losses(CORPUS)
    used = set("".join((*PARTS, CORPUS)))
    changes, others = (
        {old: new for old, new in of.character_changes() if old in used} for of in (chinese, without_tables)
    )
    assert changes == others


@pytest.mark.parametrize(
    "damage",
    [
        {"config/tw2s.json": "{}"},
        {"config/tw2s.json": "no JSON"},
        {"dictionary/TSPhrases.txt": "瞭解\t了\n"},
        {"dictionary/TSPhrases.txt": "瞭\t了\n"},
        {"dictionary/TSCharacters.txt": "發\t发发\n"},
    ],
)
def test_dictionaries_of_another_structure_are_not_used(damage: dict[str, str], tmp_path: Path) -> None:
    nodes = [
        {"type": "group", "dicts": [{"type": "txt", "file": name} for name in names]}
        for names in (
            ("TWVariantsRevPhrases.txt", "TWVariantsRev.txt"),
            ("TSPhrases.txt", "TSCharacters.txt"),
        )
    ]
    chain = str({"conversion_chain": [{"dict": node} for node in nodes]}).replace("'", '"')
    whole = {
        "config/tw2s.json": chain,
        "dictionary/TWVariantsRevPhrases.txt": "著名\t著名\n",
        "dictionary/TWVariantsRev.txt": "著\t着\n",
        "dictionary/TSPhrases.txt": "瞭解\t了解 瞭解\n",
        "dictionary/TSCharacters.txt": "發\t发\n",
    }
    for name, content in (whole | damage).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    second = a_second_script()
    second._opencc_folder = lambda: tmp_path  # type: ignore[attr-defined]
    assert second.tw2s("發現瞭解著名髮") == reference("發現瞭解著名髮")


def test_dictionaries_of_the_known_structure_are_read(tmp_path: Path) -> None:
    """In each step a phrase stops the characters in it; the longest first, then the leftmost."""
    home = chinese._opencc_folder()
    for folder in ("config", "dictionary"):
        (tmp_path / folder).mkdir()
    if not (home / "config").is_dir():
        pytest.skip("this opencc has no dictionaries as text")
    (tmp_path / "config" / "tw2s.json").write_bytes((home / "config" / "tw2s.json").read_bytes())
    for name, content in {
        "TWVariantsRevPhrases": "甲乙\t甲乙\n",
        "TWVariantsRev": "甲\t丙\n",
        "TSPhrases": "丙丁\t丙子\n乙丙丁\t乙丙丑 乙\n",
        "TSCharacters": "丙\t寅 卯\n丁\t辰\n",
    }.items():
        (tmp_path / "dictionary" / f"{name}.txt").write_text(content, encoding="utf-8")
    second = a_second_script()
    second._opencc_folder = lambda: tmp_path  # type: ignore[attr-defined]
    assert second.tw2s("甲乙甲甲丁甲乙甲丁") == "甲乙寅丙子甲乙丙丑"


def test_without_the_module_conversion_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opencc", None)
    second = a_second_script()
    second.find_spec = lambda name: None  # type: ignore[attr-defined]
    with pytest.raises(ModuleNotFoundError, match="opencc"):
        second.tw2s("城市")


@pytest.mark.parametrize("use", ["0", "script.Simplifier()('城市')"])
def test_opencc_is_not_imported_if_its_dictionaries_suffice(use: str) -> None:
    if use != "0" and not PHRASES:
        pytest.skip("this opencc has no dictionaries as text")
    module = "from site_builder.language import chinese as script"
    code = f"import sys; {module}; {use}; print('opencc' in sys.modules)"
    run = [sys.executable, "-c", code]
    assert subprocess.check_output(run, cwd=ROOT, text=True).strip() == "False"


def test_no_other_module_names_opencc_in_code() -> None:
    others = (path for path in (ROOT / "site_builder").rglob("*.py") if path.name != "chinese.py")
    imports = re.compile(r"^\s*(?:import|from) +opencc\b", re.MULTILINE)
    assert [path.name for path in others if imports.search(path.read_text("utf-8"))] == []
