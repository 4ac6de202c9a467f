"""Projects in a language without a catalogue: the interface is in English, and the texts say their language.

Each project is small: one text, a list of codes, the tags of its passages, and one page of the editors.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import NamedTuple

import lxml.etree
import lxml.html
import pytest
from conftest import Files, change, record
from proof_tools import made

from site_builder.cli.main import CLEAN, main
from site_builder.edges import load


class Words(NamedTuple):
    """The words of a project.  ``page`` cites the two passages that it quotes."""

    title: str
    passages: tuple[str, str]
    code: str
    definition: str
    gists: tuple[str, str]
    page: str
    uncited: str
    invented: str


PROJECTS = {
    "de": Words(
        title="Die Fähre",
        passages=(
            "Die Fähre fährt seit dem 3. Mai nur noch zweimal am Tag. Der Fährmann, Dr. Ott, sagt „genug“.",
            "Wer drüben arbeitet, z. B. in der Mühle, geht jetzt über die alte Brücke. Sie hält.",
        ),
        code="Überfahrt",
        definition="Wie man über den Fluss kommt.",
        gists=("Die Fähre fährt selten.", "Die Brücke hilft."),
        page="Die Fähre fährt „nur noch zweimal am Tag“ [@p1 ways:over]. Die Brücke „hält“ [@p2 ways:over].",
        uncited="Niemand fragt den Fährmann.",
        invented="Dr. Ott sagt „nie wieder“ [@p1].",
    ),
    "ja": Words(
        title="渡し舟",
        passages=(
            "渡し舟は五月から一日に二度しか出ない。船頭は「もう十分だ」と言う。",
            "向こう岸で働く人は、いま古い橋を渡っていく。橋はまだ丈夫だ。",
        ),
        code="渡り方",
        definition="川をどう渡るか。",
        gists=("舟はめったに出ない。", "橋が役に立つ。"),
        page="舟は「一日に二度しか出ない」[@p1 ways:over]。橋は「まだ丈夫だ」[@p2 ways:over]。",
        uncited="船頭に聞く人はいない。",
        invented="船頭は「二度と出ない」と言う[@p1]。",
    ),
}


def write(folder: Path, language: str) -> Path:
    """A project without problems, with its ledgers."""
    words = PROJECTS[language]
    files = {
        "corpus/ferry/text.md": f"# {words.title} {{#top}}\n\n"
        + "\n\n".join(f"{text} {{#p{n}}}" for n, text in enumerate(words.passages, 1))
        + "\n",
        "corpus/ferry/work.yaml": f"title: {words.title}\nshort: {words.title}\nauthors: []\n"
        f'language: {language}\nedition: "1"\ndate: "2026-11-27"\nyear: "2026"\n'
        "rights: CC0\nrights_short: CC0\n",
        "annotations/project.yaml": f"format: 4\nlanguage: {language}\ntitle: {words.title}\n"
        f"subtitle: {words.code}\ndescription: {words.definition}\npublisher: {words.code}\ncoder: editors\n"
        'status: released\nversion: "1"\ndate: "2026-11-27"\nfacets: [ways]\n',
        "annotations/codebook/facets/ways.yaml": f"id: ways\nname: {words.code}\nkind: frame\n"
        f"definition: {words.definition}\nentries:\n"
        f"  - {{id: over, name: {words.code}, definition: {words.definition}}}\n",
        "annotations/ferry/tags/editors/1.yaml": "passages:\n"
        + "".join(f"  p{n}: {{ways: [over], gist: {gist}}}\n" for n, gist in enumerate(words.gists, 1)),
        "annotations/pages/home.md": f"---\nid: home\ntitle: {words.title}\nabout: home\n---\n\n"
        f"{words.page} {{#b1}}\n",
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    assert main(["anchors", str(folder)]) == CLEAN
    return folder


@pytest.fixture(scope="module", params=sorted(PROJECTS))
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Files]:
    language = str(request.param)
    folder = write(tmp_path_factory.mktemp("site") / "project", language)
    found = load.checked(folder)
    assert found.problems == ()
    return language, made(folder)


def root(files: Files, name: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(files[name].decode())


def test_the_interface_is_in_english(built: tuple[str, Files]) -> None:
    _, files = built
    for name in files:
        if name.endswith(".html"):
            page = root(files, name)
            assert (page.get("lang"), page.get("dir")) == ("en", None), name
            if name != "edition.html":
                places = page.xpath("//nav[@class='places']//a/text()")
                assert {"Text", "Cite", "Search"} <= set(places), name


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("index.html", lambda w: (w.title, w.page[:4])),
        ("ferry/index.html", lambda w: (w.title, *(text[:8] for text in w.passages), *w.gists, w.code)),
        ("ferry/p1.html", lambda w: (w.passages[0][:8], w.gists[0], w.code)),
        ("ways/over.html", lambda w: (w.code, w.definition, *w.gists)),
    ],
)
def test_each_text_of_the_project_has_its_language(
    built: tuple[str, Files], name: str, words: object
) -> None:
    language, files = built
    assert callable(words)
    [body] = root(files, name).xpath("//main")
    for wanted in words(PROJECTS[language]):
        texts = body.xpath(
            ".//text()[not(ancestor::dl[@class='citations'] or ancestor::details[@class='programs'])]"
        )
        found = [text for text in texts if wanted in text]
        assert found, f"{name}: {wanted}"
        tags = {text.getparent().xpath("ancestor-or-self::*[@lang][1]/@lang")[0] for text in found}
        assert tags == {language}, f"{name}: {wanted}"


def test_no_japanese_is_in_a_part_that_says_english(built: tuple[str, Files]) -> None:
    language, files = built
    if language != "ja":
        return
    wrong = [
        f"{name}: {text.strip()}"
        for name in sorted(files)
        if name.endswith(".html")
        for text in root(files, name).xpath(
            "//body//text()[not(ancestor::pre or ancestor::script or ancestor::dl)]"
        )
        if re.search(r"[\u3040-\u30ff]", text)
        and not text.getparent().xpath("ancestor-or-self::*[@lang][1][@lang='ja' or @class='latin']")
    ]
    assert wrong == []


def test_the_book_is_in_the_language_of_its_words(built: tuple[str, Files]) -> None:
    language, files = built
    book = zipfile.ZipFile(io.BytesIO(files["data/edition.epub"]))
    chapter = lxml.etree.fromstring(book.read("EPUB/ferry/index.xhtml"))
    assert chapter.get("lang") == "en"
    texts = [
        t
        for t in chapter.xpath("//*[local-name()='body']//text()")
        if PROJECTS[language].passages[0][:8] in t
    ]
    assert texts
    for text in texts:
        assert text.getparent().xpath("ancestor-or-self::*[@lang][1]/@lang") == [language]


@pytest.mark.parametrize("language", sorted(PROJECTS))
def test_a_sentence_without_citation_and_an_invented_quotation_are_found(
    language: str, tmp_path: Path
) -> None:
    words = PROJECTS[language]
    gap = " " if language == "de" else ""
    folder = write(tmp_path / "project", language)
    page = gap.join((words.page, words.uncited, words.invented))
    change(folder, "annotations/pages/home.md", words.page, page)
    record(folder)
    assert [one.code for one in load.checked(folder).problems] == ["P001", "P010"]
