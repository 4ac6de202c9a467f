"""Pictures of indexes, of codes that meet, and of agreement; the page of all pictures, and their files."""

from __future__ import annotations

import datetime as dt
import io
import re
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from conftest import Files, site_of
from drawn import PEN, Pen, flat, marks, place
from lxml import etree
from proof_tools import ROOT, checked, lacking

from site_builder.edition.edition import Edition
from site_builder.model import NOWHERE, Coder, Localized, Project
from site_builder.pipeline import Checked
from site_builder.site import compared
from site_builder.site.pictures import agreements, catalogue, meetings, occurrences
from site_builder.site.pictures.drawing import Box, Curve, Drawing, Glyph, Line, Mark, Words
from site_builder.site.pictures.score import Row
from site_builder.site.presenter import Presenter

SVG = "{http://www.w3.org/2000/svg}"
DC = "{http://purl.org/dc/elements/1.1/}"
TWO_CODERS = ROOT / "tests/projects/simplified-two-coders"


@pytest.fixture(scope="module")
def presenter(tiny: Checked) -> Presenter:
    assert tiny.project is not None
    return Presenter(Edition.of(tiny.project))


def says(words: object) -> str:
    return PEN.text(words)  # type: ignore[arg-type]


def fits(drawing: Drawing) -> None:
    """Nothing is outside of a drawing, and no words are over others."""
    words: list[tuple[Words, tuple[float, float, float, float]]] = []
    for one in flat(drawing.elements):
        if (found := place(one)) is None:
            continue
        left, top, right, bottom = found
        assert left >= -1, one
        assert top >= -1, one
        assert right <= drawing.width + 2, one
        assert bottom <= drawing.height + 1, one
        if isinstance(one, Words) and PEN.text(one.text):
            words.append((one, found))
    for n, (one, (left, top, right, bottom)) in enumerate(words):
        for other, (start, above, end, below) in words[n + 1 :]:
            over = min(right, end) - max(left, start) > 2 and min(bottom, below) - max(top, above) > 2
            assert not over, (one.text, other.text)


# --- entries by passage ---------------------------------------------------------------------------


def chart(passages: int, heads: int, rows: list[tuple[int, ...]]) -> occurrences.Chart:
    """A chart of passages in sections of equal length."""
    size = passages // heads
    return occurrences.Chart(
        columns=tuple(
            occurrences.Column(
                key=("a", f"p{n}"),
                number=n + 1,
                section=n // size,
                label=f"Passage {n + 1}",
                short=str(n + 1),
            )
            for n in range(passages)
        ),
        heads=tuple(
            occurrences.Head(name=f"Section {n + 1}", href=f"a/index.html#s{n}") for n in range(heads)
        ),
        rows=tuple(
            occurrences.Row(name=f"Entry {n}", href=f"terms/index.html#e{n}", places=places)
            for n, places in enumerate(rows)
        ),
    )


SHORT = chart(24, 3, [(0, 9, 20), (0,), (8, 9), (9,), (17, 23)])
LONG = chart(120, 4, [(n, n + 30) for n in range(40)])
MANY = chart(120, 3, [(n,) if n % 2 else (n, n + 1) for n in range(80)])


@pytest.mark.parametrize("layout", [occurrences.wide, occurrences.narrow])
@pytest.mark.parametrize("shown", [SHORT, LONG, MANY], ids=["short", "120 passages", "80 entries"])
def test_each_passage_of_an_entry_is_a_dot_at_its_column(
    layout: Callable[[occurrences.Chart, Pen], Drawing], shown: occurrences.Chart
) -> None:
    drawing = layout(shown, PEN)
    fits(drawing)
    dots = [one for one in flat(drawing.elements) if isinstance(one, Glyph)]
    assert len(dots) == sum(len(row.places) for row in shown.drawn)
    heights = Counter(round(one.y, 2) for one in dots)
    assert list(heights.values()) == [len(row.places) for row in shown.drawn]
    assert drawing.width <= (351 if layout is occurrences.narrow else 1010)


def test_each_dot_of_a_short_text_leads_to_its_passage_and_each_row_of_a_long_one_to_its_entry() -> None:
    short = [one for one in flat(occurrences.wide(SHORT, PEN).elements) if isinstance(one, Mark)]
    passages = [one.href for one in short if any(isinstance(part, Glyph) for part in one.elements)]
    assert passages == [f"a/p{n}.html" for row in SHORT.rows for n in row.places]
    long = [one for one in flat(occurrences.wide(LONG, PEN).elements) if isinstance(one, Mark)]
    entries = [one.href for one in long if any(isinstance(part, Glyph) for part in one.elements)]
    assert entries == [row.href for row in LONG.rows]


@pytest.mark.parametrize("layout", [occurrences.wide, occurrences.narrow])
def test_passages_without_a_heading_get_no_link_without_words_and_no_empty_quotation(
    layout: Callable[[occurrences.Chart, Pen], Drawing],
) -> None:
    first, *others = SHORT.heads
    shown = replace(SHORT, heads=(replace(first, name=""), *others))
    fits(layout(shown, PEN))
    assert all(marks(layout(shown, PEN)))
    assert len(marks(layout(shown, PEN))) == len(marks(layout(SHORT, PEN))) - 1
    rows = replace(shown, rows=chart(24, 3, [(0, 9), (1,), (17,)]).rows)
    assert any("Section 1" in says(clause) for clause in occurrences._shows(replace(rows, heads=SHORT.heads)))
    assert not any("“”" in says(clause) for clause in occurrences._shows(rows))


def test_of_many_entries_those_with_one_passage_are_only_in_the_table(presenter: Presenter) -> None:
    assert len(MANY.drawn) == 40
    assert says(occurrences._how(MANY)).endswith("only in the table: 40.")
    facet = presenter.project.facets[0]
    assert len(occurrences._table(MANY, facet).rows) == 80
    assert "table" not in says(occurrences._how(SHORT))


def test_a_clause_on_entries_is_left_out_if_it_says_nothing() -> None:
    assert [says(one) for one in occurrences._shows(SHORT)] == [
        "Of the 5 entries, 2 occur in one passage only"
    ]
    found = [says(one) for one in occurrences._shows(chart(24, 3, [(0,), (8, 20), (9, 23), (10,), (17,)]))]
    assert found == [
        "More entries first occur in “Section 2” than in any other part: 3 of 5",
        "2 occur in several parts",
        "3 occur in one passage only",
    ]
    one_section = chart(24, 1, [(0, 1), (2, 3), (4, 5)])
    assert list(occurrences._shows(one_section)) == []
    even = chart(24, 3, [(0, 1), (8, 9), (17, 18)])
    assert list(occurrences._shows(even)) == []


def test_long_names_are_above_their_dots_on_a_narrow_page() -> None:
    name = "A name that is too long to be beside its dots"
    long = replace(SHORT, rows=tuple(replace(row, name=f"{name} {n}") for n, row in enumerate(SHORT.rows)))
    drawing = occurrences.narrow(long, PEN)
    fits(drawing)
    words = [PEN.text(one.text) for one in flat(drawing.elements) if isinstance(one, Words)]
    assert [one for one in words if one.startswith(name)] == [f"{name} {n}" for n in range(5)]
    assert drawing.width <= 351
    # one that is longer than a line of the drawing has two, of the same size
    longer = tuple(replace(row, name=f"{name} and in one line {n}") for n, row in enumerate(long.rows))
    drawing = occurrences.narrow(replace(long, rows=longer), PEN)
    fits(drawing)
    found = [one for one in flat(drawing.elements) if isinstance(one, Words) and one.size == 13]
    assert len(found) == 2 * len(longer)
    assert not [one for one in found if PEN.text(one.text).endswith("…")]


def test_the_groups_of_entries_are_those_of_the_section_of_the_first_passage() -> None:
    assert [[says(row.name) for row in group] for group in SHORT.groups] == [
        ["Entry 0", "Entry 1"],
        ["Entry 2", "Entry 3"],
        ["Entry 4"],
    ]


# --- codes that meet ------------------------------------------------------------------------------


def flat_codes(presenter: Presenter, count: int, passages: list[set[int]]) -> meetings.Meeting:
    """Codes of a frame without poles."""
    first: Row = meetings.row_of(presenter, next(iter(presenter.edition.paints)), {}, {})
    keys = {("a", f"p{n}"): frozenset(codes) for n, codes in enumerate(passages)}
    return meetings.Meeting(
        rows=tuple(
            replace(first, sign="", name=f"Code {n}", short=f"Code {n}", group=f"g{n}") for n in range(count)
        ),
        passages=keys,
        labels={key: f"Passage {n + 1}" for n, key in enumerate(keys)},
        numbers={key: str(n + 1) for n, key in enumerate(keys)},
        is_one_work=True,
        most=100,
    )


def of_squares(meeting: meetings.Meeting) -> list[tuple[int, int]]:
    same = [(n, n) for n in range(len(meeting.rows))]
    return [*same, *(pair for pair in meeting.pairs if meeting.of(*pair))]


@pytest.mark.parametrize("layout", [meetings.wide, meetings.narrow])
@pytest.mark.parametrize("count", [0, 3, 12, 20])
def test_each_two_codes_that_meet_are_a_square_with_their_number(
    presenter: Presenter, layout: Callable[[meetings.Meeting, Pen], Drawing], count: int
) -> None:
    meeting = meetings._meeting(presenter)
    if count:
        meeting = flat_codes(presenter, count, [{n % count, (n * 7 + 1) % count} for n in range(120)])
    drawing = layout(meeting, PEN)
    fits(drawing)
    boxes = [one for one in flat(drawing.elements) if isinstance(one, Box)]
    assert len(boxes) == len(of_squares(meeting))
    frames = [one for one in flat(drawing.elements) if isinstance(one, Curve)]
    assert len(frames) == sum(meeting.are_poles(*pair) for pair in meeting.pairs if meeting.of(*pair))
    assert bool(frames) == (not count)
    numbers = Counter(
        says(one.text) for one in flat(drawing.elements) if isinstance(one, Words) and one.bold
    ) - Counter(says(part) for row in meeting.rows for part in (row.short, row.short, row.sign))
    wanted = Counter(str(len(meeting.of(*pair))) for pair in of_squares(meeting))
    assert not wanted - numbers


def test_the_table_of_codes_that_meet_has_a_row_for_each_square(presenter: Presenter) -> None:
    meeting = meetings._meeting(presenter)
    occur = {code for codes in meeting.passages.values() for code in codes}
    wanted = [pair for pair in of_squares(meeting) if pair[0] != pair[1] or pair[0] in occur]
    assert len(meetings._table(meeting).rows) == len(wanted)


def test_a_clause_on_codes_says_where_they_only_meet_by_enumeration(presenter: Presenter) -> None:
    listed = flat_codes(presenter, 6, [{0, 1}, {0, 1, 2, 3}])
    assert [says(one) for one in meetings._shows(listed)] == [
        "6 of 15 pairs meet in a passage",
        "5 of these pairs meet only where a passage has 3 codes or more (2)",
    ]
    pairs = flat_codes(presenter, 4, [{0, 1}, {0, 1}, {2, 3}])
    assert [says(one) for one in meetings._shows(pairs)] == [
        "2 of 6 pairs meet in a passage",
        "Most often Code 0 meets Code 1, in 2 passages",
    ]
    tied = flat_codes(presenter, 3, [{0, 1}, {1, 2}, {0, 2}])
    assert [says(one) for one in meetings._shows(tied)] == ["Each two of them meet in a passage"]
    assert "A point means" not in says(meetings._how(tied, lists=True))
    assert "A point means" in says(meetings._how(pairs, lists=True))
    assert "A frame" not in says(meetings._how(pairs, lists=True))
    assert list(meetings._shows(flat_codes(presenter, 3, [{0}, {1}, {2}]))) == []


@pytest.mark.parametrize(
    ("numbers", "shown"), [([], []), ([4], ["4"]), ([1, 3, 4, 5, 8, 9], ["1", "3–5", "8–9"])]
)
def test_runs_of_passages_are_joined(numbers: list[int], shown: list[str]) -> None:
    assert list(meetings.runs(numbers)) == shown


# --- agreement ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def two() -> Presenter:
    found = checked(TWO_CODERS).project
    assert found is not None
    return Presenter(Edition.of(found))


@pytest.mark.parametrize("layout", [agreements.wide, agreements.narrow])
def test_each_coefficient_is_a_dot_and_each_interval_a_line(
    two: Presenter, layout: Callable[[agreements.Chart, Pen], Drawing]
) -> None:
    [pair] = two.edition.agreement
    shown = agreements._chart(two, pair)
    drawing = layout(shown, PEN)
    fits(drawing)
    estimates = [figure.estimate for figure in pair.figures]
    dots = [one for one in flat(drawing.elements) if isinstance(one, Glyph)]
    assert len(dots) == sum(one.value is not None for one in estimates)
    lines = [one for one in flat(drawing.elements) if isinstance(one, Line) and one.tone == "muted"]
    assert len(lines) == 3 * sum(one.low is not None for one in estimates)
    by_value = sorted(
        (one.value, dot.x)
        for one, dot in zip([e for e in estimates if e.value is not None], dots, strict=True)
    )
    assert [x for _, x in by_value] == sorted(x for _, x in by_value), "a higher value is further to the end"
    assert len(agreements._table(shown).rows) == len(pair.figures)


def test_the_clauses_on_agreement_name_the_highest_and_the_lowest_code() -> None:
    def of(*known: tuple[float, str]) -> list[str]:
        return [says(one) for one in agreements._range(list(known))]

    assert of((0.5, "a"), (0.9, "b"), (0.7, "c")) == ["κ is highest for b (0.90)", "κ is lowest for a (0.50)"]
    assert of((1, "a"), (1, "b"), (0.9, "c")) == ["κ is 1.00 for 2 of 3 codes", "κ is lowest for c (0.90)"]
    assert of((1, "a"), (1, "b")) == ["κ is 1.00 for each code"]


@pytest.mark.parametrize(
    ("value", "shown"), [(0.834, "0.83"), (-0.05, "−0.05"), (-0.001, "0.00"), (1, "1.00")]
)
def test_a_coefficient_has_two_decimals(value: float, shown: str) -> None:
    assert says(agreements.decimal(value)) == shown


def test_the_agreement_of_machines_says_so_and_what_it_can_show_wherever_it_is_drawn() -> None:
    found = checked(TWO_CODERS)
    assert found.project is not None
    [pair] = Edition.of(found.project).agreement
    day = dt.date(2026, 1, 1)

    def of(*kinds: str) -> Project:
        records = tuple(
            Coder(id=id_, name=Localized(f"C{n}"), kind=kind, date=day, saw=Localized("text"), place=NOWHERE)
            for n, (id_, kind) in enumerate(zip(pair.coders, kinds, strict=False))
        )
        assert found.project is not None
        site = replace(found.project.site, agreement_note=Localized("只是上限。"))
        return replace(found.project, coders=records, site=site)

    def limits(project: Project) -> list[str]:
        return [says(one) for one in compared.limits(Presenter(Edition.of(project)), pair)]

    assert limits(found.project) == []
    both = "Both coders are machines; no person coded."
    assert limits(of("machine", "machine")) == [both, "只是上限。"]
    assert limits(of("person", "machine")) == ["C1 is a machine.", "只是上限。"]
    assert limits(of("machine")) == ["C0 is a machine.", "只是上限。"]
    assert limits(of("person", "person")) == ["只是上限。"]
    files = site_of(replace(found, project=of("machine", "machine")))
    words = ["两位编码者都是机器，没有人工编码。", "只是上限。"]
    for name in ("pictures.html", "method.html"):
        page = lxml.html.document_fromstring(files[name].decode())
        [shown] = page.xpath("//figure[@id='_picture-agreement']")
        assert [one.text_content() for one in shown.xpath("./p[@class='limits']")] == ["".join(words)], name
    root = etree.fromstring(files["pictures/agreement.svg"])
    assert {*words} <= {"".join(one.itertext()) for one in root.iter(f"{SVG}text")}
    described = root.findtext(f"{SVG}desc") or ""
    assert all(one in described for one in words)
    assert words[1] in files["data/datapackage.json"].decode()


# --- all of them ----------------------------------------------------------------------------------


def files_of(files: Files) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name.endswith(".svg") and "pictures/" in name}


def test_each_picture_is_on_the_page_of_pictures_and_has_a_file_in_each_view(
    presenter: Presenter, tiny_site: Files
) -> None:
    ids = [picture.id for picture in catalogue.pictures(presenter)]
    assert len(ids) == len({*ids}) >= 3
    trees = {name.removesuffix("pictures.html") for name in tiny_site if name.endswith("pictures.html")}
    assert {*files_of(tiny_site)} == {f"{tree}pictures/{id_}.svg" for tree in trees for id_ in ids}
    for tree in trees:
        page = lxml.html.document_fromstring(tiny_site[f"{tree}pictures.html"].decode())
        assert page.xpath("//figure[@class='picture']/@id") == [f"_picture-{id_}" for id_ in ids]
        assert page.xpath("//figure//a[@download]/@href") == [f"pictures/{id_}.svg" for id_ in ids]
        menu = page.xpath("//nav[@class='places']//a[@aria-current='page']/@href")
        assert menu == ["pictures.html"]


def test_each_file_is_xml_alone_and_holds_its_source_and_its_licence(
    presenter: Presenter, tiny_site: Files
) -> None:
    site = presenter.project.site
    for name, data in files_of(tiny_site).items():
        root = etree.fromstring(data)
        assert root.tag == f"{SVG}svg", name
        outside = [
            value
            for one in root.iter()
            for key, value in one.attrib.items()
            if key.endswith(("href", "src", "style")) or "url(" in value
        ]
        assert not outside, name
        assert not list(root.iter(f"{SVG}script", f"{SVG}a", f"{SVG}image", f"{SVG}style")), name
        assert root.findtext(f"{SVG}title"), name
        assert root.findtext(f"{SVG}desc"), name
        assert site.version in (root.findtext(f".//{DC}source") or ""), name
        rights = [one.text for one in root.iter(f"{DC}rights")]
        assert len(rights) == len(site.licences) + len(presenter.project.works), name
        assert all(rights), name
        assert root.findtext(f".//{DC}date") == site.date.isoformat()
        seen = [float(one) for one in root.get("viewBox", "").split()]
        assert seen[2:] == [float(root.get("width", 0)) + 32, float(root.get("height", 0)) + 32]


@pytest.mark.reads("pictures", "Info-ZIP UnZip")
def test_the_archive_of_pictures_holds_the_files_of_all_views(tiny_site: Files, tmp_path: Path) -> None:
    (tmp_path / "pictures.zip").write_bytes(tiny_site["data/pictures.zip"])
    command = ["unzip", "-q", str(tmp_path / "pictures.zip"), "-d", str(tmp_path / "out")]
    try:
        run = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        lacking("unzip")
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    [top] = (tmp_path / "out").iterdir()
    unpacked = {path.relative_to(top).as_posix(): path.read_bytes() for path in top.rglob("*.svg")}
    assert unpacked == files_of(tiny_site)
    assert b"data/pictures.zip" in tiny_site["data/SHA256SUMS"]
    assert b'"pictures.zip"' in tiny_site["data/ro-crate-metadata.json"]
    assert b"data/pictures.zip" in tiny_site["cite.html"]


def test_in_the_one_page_edition_each_group_of_radio_buttons_has_one_choice(tiny_site: Files) -> None:
    root = lxml.html.document_fromstring(tiny_site["edition.html"].decode())
    groups = Counter(root.xpath("//input[@type='radio' and contains(@name, '@')]/@name"))
    checked_ = Counter(root.xpath("//input[@type='radio' and @checked and contains(@name, '@')]/@name"))
    assert groups
    assert checked_ == dict.fromkeys(groups, 1)


def test_a_picture_in_a_book_has_a_ground_and_leads_only_to_chapters(tiny_site: Files) -> None:
    with zipfile.ZipFile(io.BytesIO(tiny_site["data/edition.epub"])) as book:
        names = {*book.namelist()}
        chapter = etree.fromstring(book.read("EPUB/grid/index.xhtml"))
    drawings = chapter.findall(f".//{SVG}svg[@class='drawing']")
    assert len(drawings) == 2, "one for wide, one for narrow pages"
    for one in drawings:
        ground = one.find(f"{SVG}rect")
        assert ground is not None
        assert ground.get("width") == one.get("viewBox", "").split()[2]
        links = [link.get("href", "") for link in one.iter(f"{SVG}a")]
        assert links
        for link in links:
            path = re.sub(r"#.*", "", link)
            assert f"EPUB/{path.removeprefix('../')}" in names or f"EPUB/grid/{path}" in names, link
