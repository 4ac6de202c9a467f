"""Languages as data: sentences, quotations and marks of each language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.language import arabic, english, european, language
from site_builder.language.pairs import paired
from site_builder.language.rules import BRACKETS, EVERYWHERE, Abbreviations

HARD = Path(__file__).with_name("sentences.txt")
TAGS = ["", "ar", "de", "en", "es", "fr", "he", "hi", "ja", "ko", "zh-Hans", "zh-Hant"]
WORDS = st.text(alphabet="Aa 1.!?…。\n“”‘’'\"«»„()「」", max_size=40)


def hard_texts() -> Iterator[tuple[str, bool, list[str]]]:
    """Language, whether the tool divides the text correctly, and the sentences of the text."""
    tag = ""
    for line in HARD.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            tag = line.strip("[]")
        elif line and not line.startswith("#"):
            yield tag, not line.startswith("~"), line.removeprefix("~ ").split("|")


def cut(text: str, tag: str) -> list[str]:
    return [text[start:end] for start, end in language.of(tag).sentences(text)]


# --- sentences ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("tag", "known", "parts"), list(hard_texts()))
def test_a_hard_text_is_divided_as_a_reader_divides_it(tag: str, known: bool, parts: list[str]) -> None:
    assert (cut("".join(parts), tag) == [part.strip() for part in parts]) is known


def test_the_list_of_hard_texts_has_eight_languages_and_a_hundred_texts() -> None:
    texts = list(hard_texts())
    assert len(texts) >= 100
    assert min(Counter(tag for tag, _, _ in texts).values()) >= 8
    assert len({tag for tag, _, _ in texts}) == 8
    assert sum(not known for _, known, _ in texts) <= 5


@pytest.mark.parametrize("tag", ["zh", "yue", "cmn", "nan", "lzh", "zh-TW", "wuu-Hans"])
def test_every_chinese_language_is_divided_in_the_same_way(tag: str) -> None:
    assert cut("水近（甚近。）。岸遠！He is. She is.人", tag) == [
        "水近（甚近。）。",
        "岸遠！",
        "He is. She is.人",
    ]


@pytest.mark.parametrize(
    ("tag", "text", "wanted"),
    [
        ("hi", "वह आया। वह गया।", 2),
        ("el", "Ήρθε. Έφυγε.", 2),
        ("ko", "그가 왔다. 그녀가 갔다.", 2),
        ("am", "መጣ። ሄደ።", 2),
        ("ru", "Он пришёл. Она ушла.", 2),
        ("ur", "وہ آیا۔ وہ گیا۔", 2),
        ("hi", "डॉ. शर्मा आए। पृ. १२ देखें। कीमत ३.५ है।", 3),
        ("ru", "См. стр. 12. Проф. Иванов ушёл.", 2),
        ("vi", "TS. Nguyễn đến. Ông ấy đi.", 2),
        ("sr-Latn", "Npr. Beograd je velik. Dr. Petrović zna.", 2),
        ("nl", "Dhr. Jansen kwam. Mevr. Smit niet.", 2),
        ("el", "Πού πας; Πουθενά. Είναι αργά; Όχι; λέει.", 4),
        ("fa", "ص. ۱۲ را ببین. قیمت ۳.۵ است.", 2),
        ("my", "သူလာသည်။ သူမသွားသည်။", 2),
        ("xx", "First. Second.", 2),
        ("", "First. 水。Second.", 3),
    ],
)
def test_a_language_without_rules_of_its_own_follows_those_of_unicode(
    tag: str, text: str, wanted: int
) -> None:
    assert len(cut(text, tag)) == wanted


@pytest.mark.parametrize(
    ("tag", "parts"),
    [
        ("pt-BR", ["O Sr. Silva chegou.", "A Profa. Lima não."]),
        ("pt", ["Há cidades, p. ex. Lisboa.", "Ver a pág. 12 do vol. 3.", "Nada se sabe."]),
        ("it", ["Il Sig. Rossi e la Sig.ra Bianchi sono qui.", "Cfr. pag. 12.", "Il resto è perso."]),
        ("it-CH", ["Città, p. es. Roma, ecc.", "Non c'è altro."]),
    ],
)
def test_portuguese_and_italian_know_their_abbreviations(tag: str, parts: list[str]) -> None:
    assert cut(" ".join(parts), tag) == parts


@pytest.mark.parametrize(
    ("tag", "parts"),
    [
        ("de", ["Das war im 19. Jh.", "Der Kanal blieb.", "Im 19. Jh. Berlin sehen kostet 5 Mio. Taler."]),
        ("de", ["So Lee et al.", "Das Wasser steigt.", "So Lee et al. 1990."]),
        ("fr", ["Voir ibid.", "Il le dit aussi, par ex. Roux."]),
        ("es", ["Plantaron la vid.", "El agua llegó.", "Vid. Ramos.", "Todo es de Ud.", "La casa, no."]),
        ("pt", ["Ela viu o ex.", "Nada disse."]),
        ("ru", ["МГУ им. Ломоносова, см. Рис. 3, помог им.", "Она ушла.", "Там 5 см.", "Здесь 6."]),
        ("ru", ["И. С. Тургенев и т. д.", "Они ушли, стр. 12."]),
        ("uk", ["Він допоміг їм.", "Вода йде."]),
    ],
)
def test_a_word_that_is_an_abbreviation_too_ends_a_sentence_before_a_starter(
    tag: str, parts: list[str]
) -> None:
    assert cut(" ".join(parts), tag) == parts


def test_no_abbreviation_is_in_two_lists_and_each_is_written_in_small_letters() -> None:
    """A word in two lists would have the rule of the first alone.  ``no`` is a number and a word."""
    found = [
        value
        for module in (english, european, arabic)
        for value in vars(module).values()
        if isinstance(value, Abbreviations)
    ]
    assert len(found) == 9
    for one in found:
        lists = (one.fixed, one.named, one.counted, one.final)
        every = [word for words in lists for word in words]
        assert sorted(every) == sorted({*every})
        assert {*every} & one.starters <= {"no"}
        assert all(word == word.lower() and any(map(str.isalpha, word)) for word in (*every, *one.starters))


@given(WORDS, st.sampled_from(TAGS))
def test_sentences_are_all_of_a_text_in_order(text: str, tag: str) -> None:
    assert "".join("".join(cut(text, tag)).split()) == "".join(text.split())


# --- pairs and quotations -----------------------------------------------------------------------------


def quoted(text: str, tag: str, *others: str) -> list[str]:
    return [str(one) for one in language.of(tag).quotations(text, *map(language.of, others))]


@pytest.mark.parametrize(
    ("tag", "text", "wanted"),
    [
        ("en", 'He says “one” and ‘two’ and "three".', ["“one”", "‘two’", '"three"']),
        ("en", "It’s the students’ book, don’t say ‘the boys’ book’.", ["‘the boys’ book’"]),
        ("en", "It's the students' book.", []),
        ("en", "He is 6'2\" and 5'4\".", []),
        ("en", "“One ‘two’ three” and “four”.", ["“One ‘two’ three”", "“four”"]),
        ("en", "“One … ” she writes “… two.”", ["“One … ”", "“… two.”"]),
        ("en", "The ’90s and ’tis.", []),
        ("de", "Er sagt „eins ‚zwei‘“ und »drei« und «vier».", ["„eins ‚zwei‘“", "»drei«", "«vier»"]),
        ("fr", "Il dit « un “deux” trois » et “quatre”.", ["« un “deux” trois »", "“quatre”"]),
        ("ja", "「一『二』三」と『書名』。", ["「一『二』三」"]),
        ("zh-Hans", "他说“一‘二’三”和‘四’。", ["“一‘二’三”", "‘四’"]),
        ("zh-Hant", "他說「一『二』三」和『四』和“五”。", ["「一『二』三」", "『四』", "“五”"]),
        ("ar", "قال «واحد» و“اثنان” و”ثلاثة“.", ["«واحد»", "“اثنان”", "”ثلاثة“"]),
        ("sv", "Han säger ”ett” och ”två”.", ["”ett”", "”två”"]),
        ("he", 'הוא אמר "אחד" בצה"ל.', ['"אחד"']),
        ("he", "הוא אמר ״אחד״ בצה״ל.", ["״אחד״"]),
        ("he", "הוא קרא ב״הארץ״ וב״דבר״.", ["״הארץ״", "״דבר״"]),
        ("he", "ד״ר כהן אמר ״צה״ל הגיע״ ושתק.", ["״צה״ל הגיע״"]),
        ("he", "הדו״חות של מנכ״לית צה״ל.", []),
        ("th", 'เขาพูดว่า"ไป"แล้ว', ['"ไป"']),
        ("fi", "Hän sanoo »yksi» ja ”kaksi”.", ["»yksi»", "”kaksi”"]),
        ("sv", "Han säger »ett» och ”två”.", ["»ett»", "”två”"]),
        ("sr-Latn", "Kaže „jedan“, „dva” i »tri«.", ["„jedan“", "„dva”", "»tri«"]),
        ("pl", "Mówi „raz «dwa»” i »trzy«.", ["„raz «dwa»”", "»trzy«"]),
    ],
)
def test_quotations_are_found_in_the_marks_of_a_language(tag: str, text: str, wanted: list[str]) -> None:
    assert quoted(text, tag) == wanted


def test_the_marks_of_another_language_quote_if_it_is_named() -> None:
    text = "He quotes »eins« and ”två”."
    assert quoted(text, "en") == []
    assert quoted(text, "en", "sv") == ["”två”"]


@pytest.mark.parametrize(
    ("tag", "text", "wanted"),
    [
        ("en", "He says “one.", ["“"]),
        ("en", 'He says "one.', ['"']),
        ("en", "He says ‘tis 5'4\" high, the students’.", []),
        ("de", "Er sagt „eins", ["„"]),
        ("zh-Hant", "他說「一『二」。", ["『"]),
        ("fr", "Il dit « un.", ["«"]),
    ],
)
def test_a_quotation_that_is_not_closed_is_found(tag: str, text: str, wanted: list[str]) -> None:
    assert [text[at] for at in language.of(tag).unclosed_quotations(text)] == wanted


@given(WORDS)
def test_pairs_never_cross_and_have_their_marks(text: str) -> None:
    pairs = (*EVERYWHERE, *BRACKETS)
    found = paired(text, pairs)
    ends: list[int] = []
    for start, end in found.spans:
        assert start < end
        assert (text[start], text[end]) in pairs
        ends = [outer for outer in ends if outer > start]
        assert not ends or end < ends[-1]
        ends.append(end)
    assert not set(found.unclosed) & {at for span in found.spans for at in span}


@pytest.mark.parametrize(
    ("tag", "words", "wanted"),
    [
        ("zh-Hant", "他說「好『甚好』」", "他說『好「甚好」』"),
        ("zh-Hant", "他說“好”", "他說“好”"),
        ("zh-Hans", "他说“好”", "他说‘好’"),
        ("en", "He says “don’t”", "He says ‘don’t’"),
        ("en", "He says ‘don’t’", "He says “don’t”"),
        ("de", "„ja“", "‚ja‘"),
        ("fr", "« oui »", "« oui »"),
        ("ar", "«من سأل “متى؟” تأخّر»", "“من سأل «متى؟» تأخّر”"),
        ("en", "unpaired “", "unpaired “"),
    ],
)
def test_marks_within_quotation_marks_are_those_of_the_next_level(tag: str, words: str, wanted: str) -> None:
    assert language.of(tag).nested(words) == wanted


# --- tags ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "wanted"),
    [
        ("zh-Hant", ("zh-Hant", "zh", "Hant", "ltr")),
        ("ZH-hans-cn", ("zh-Hans-CN", "zh", "Hans", "ltr")),
        ("zh-TW", ("zh-TW", "zh", "Hant", "ltr")),
        ("zh", ("zh", "zh", "", "ltr")),
        ("yue", ("yue", "zh", "Hant", "ltr")),
        ("cmn-Hans", ("cmn-Hans", "zh", "Hans", "ltr")),
        ("ar", ("ar", "ar", "Arab", "rtl")),
        ("ar-Latn", ("ar-Latn", "ar", "Latn", "ltr")),
        ("he", ("he", "he", "Hebr", "rtl")),
        ("dv", ("dv", "dv", "", "rtl")),
        ("uz-Arab", ("uz-Arab", "uz", "Arab", "rtl")),
        ("de-AT", ("de-AT", "de", "Latn", "ltr")),
        ("es-419", ("es-419", "es", "Latn", "ltr")),
        ("", ("", "", "", "ltr")),
    ],
)
def test_a_tag_gives_language_script_and_direction(tag: str, wanted: tuple[str, str, str, str]) -> None:
    found = language.of(tag)
    assert (found.tag, found.base, found.script, found.direction) == wanted


def test_there_is_one_value_for_each_tag() -> None:
    assert language.of("EN") is language.of("en")


@pytest.mark.parametrize(
    ("tag", "wanted"),
    [
        ("en", (("“", "”"), ("‘", "’"))),
        ("de-AT", (("„", "“"), ("‚", "‘"))),
        ("fr-CH", (("«", "»"), ("‹", "›"))),
        ("zh", (("“", "”"), ("‘", "’"))),
        ("zh-Hant", (("「", "」"), ("『", "』"))),
        ("pt-PT", (("«", "»"), ("“", "”"))),
        ("xx", (("“", "”"), ("‘", "’"))),
    ],
)
def test_quotation_marks_are_those_of_cldr(tag: str, wanted: tuple[tuple[str, str], ...]) -> None:
    assert language.of(tag).quotes == wanted
