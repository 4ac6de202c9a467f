"""Every format with tags has exactly the tags of the files: each is read here and compared.

A format is read as a set of facts: (coder, work, passage, tag, words of the text).  A tag is written as a
claim of the editors' prose (``depth+:shows``, ``methods:survey``, ``function:review``); the words are
empty for a tag of the whole passage.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import lxml.etree as ET
import page_reader
from oracle import Oracle
from page_reader import Book
from permanent_ids import code_of, fragment

book, works_site = page_reader.book, page_reader.works_site

Fact = tuple[str, str, str, str, str]
Text = tuple[str, str, str, str]
"""(coder, work, passage, words): a gist or a note."""


def spoken(oracle: Oracle, coder: str = "") -> Iterator[tuple[str, str, str, Any]]:
    for name, tags in oracle.coders.items():
        for (work, passage), one in tags.items():
            if not coder or name == coder:
                yield name, work, passage, one


def facts(oracle: Oracle, coder: str = "") -> set[Fact]:
    """The facts of the files, of all coders or of one."""
    found = set()
    for name, work, passage, tags in spoken(oracle, coder):
        text = oracle.passages[(work, passage)].text

        def words(one: Any, key: tuple[str, str] = (work, passage), text: str = text) -> str:
            start, end = oracle.span(key, one)
            return text[start:end]

        found.add((name, work, passage, f"function:{tags.function}", ""))
        for cell in tags.cells:
            tag = f"{cell.cell}:{cell.relation}"
            found |= {(name, work, passage, tag, words(one)) for one in cell.evidence}
        for entry in tags.entries:
            tag = f"{entry.facet}:{entry.entry}"
            quotes = [words(one) for one in entry.evidence] or [""]
            found |= {(name, work, passage, tag, quote) for quote in quotes}
    return found


def marks(oracle: Oracle) -> set[Fact]:
    """The traits that cells rest on and the voices that are not the author's, at their words."""
    found = set()
    for name, work, passage, tags in spoken(oracle):
        text = oracle.passages[(work, passage)].text
        for tag in [*tags.cells, *tags.entries]:
            for one in tag.evidence:
                start, end = oracle.span((work, passage), one)
                codes = [f"{tag.cell}/{trait}" for trait in getattr(tag, "traits", ())]
                voice = one.get("voice", "author") if isinstance(one, dict) else "author"
                codes += [f"voice:{voice}"] if voice != "author" else []
                found |= {(name, work, passage, code, text[start:end]) for code in codes}
    return found


def coder_texts(oracle: Oracle, *, of_tags: bool = True) -> set[Text]:
    """The gists and notes of the files."""
    found = set()
    for name, work, passage, tags in spoken(oracle):
        notes = [cell.note for cell in tags.cells] if of_tags else []
        words = [tags.gist, tags.gist_en, tags.note, tags.note_en, *notes]
        found |= {(name, work, passage, one) for one in words if one}
    return found


# --- Web Annotation ---------------------------------------------------------------------------------


def selected(value: Any, kind: str) -> list[dict[str, Any]]:
    """The selectors of a kind, wherever they occur in a selector."""
    if isinstance(value, dict):
        own = [value] if value.get("type") == kind else []
        return own + [one for part in value.values() for one in selected(part, kind)]
    return [one for part in value for one in selected(part, kind)] if isinstance(value, list) else []


def test_the_annotations_are_the_tags_and_the_words_of_the_coders(book: Book) -> None:
    oracle = book.oracle
    found, words = set(), set()
    collection = json.loads(book.files["data/annotations.jsonld"])
    for item in collection["first"]["items"]:
        work = item["target"]["source"].rsplit("/", 2)[1]
        where = (item["creator"]["name"], work, fragment(item["target"]))
        text = oracle.passages[where[1:]].text
        quotes = {one["exact"] for one in selected(item["target"], "TextQuoteSelector")}
        quote = next(iter(quotes - {text}), "")
        for body in item["body"] if isinstance(item["body"], list) else [item["body"]]:
            if body.get("purpose") == "tagging":
                found.add((*where, body["value"], quote))
            elif item["creator"]["id"] == collection["creator"]["id"]:
                continue  # notes and edges, see test_editorial_exports
            elif body.get("purpose") in ("describing", "commenting"):
                words.add((*where, body["value"]))
    assert found == facts(oracle) | marks(oracle)
    assert words == coder_texts(oracle)


# --- REFI-QDA ---------------------------------------------------------------------------------------


def test_the_qda_project_holds_the_texts_the_tags_and_the_words_of_the_coders(book: Book) -> None:
    oracle = book.oracle
    with zipfile.ZipFile(io.BytesIO(book.files["data/project.qdpx"])) as archive:
        files = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    root = ET.fromstring(files["project.qde"].encode())
    users = {one.get("guid"): one.get("name") for one in root.iter("{*}User")}
    codes = {one.get("guid"): code_of(one) for one in root.iter("{*}Code")}
    notes = {
        one.get("guid"): files["sources/" + (one.get("plainTextPath") or "").removeprefix("internal://")]
        for one in root.iter("{*}Note")
    }
    coders = {one.get("name") for one in root.iter("{*}User") if one.get("id")}  # the publisher has no id
    others = {one.get("guid"): one.get("name") or "" for one in root.iter("{*}Note")}
    others = {guid: name for guid, name in others.items() if name.startswith("alternatives (")}
    assert sorted(others.values()) == sorted(
        f"alternatives ({work} {passage} {name})"
        for name, work, passage, tags in spoken(oracle)
        if tags.alternatives
    )
    found, words = set(), set()
    sources = list(root.iter("{*}TextSource"))
    for source, work in zip(sources, oracle.works, strict=True):
        text = files["sources/" + (source.get("plainTextPath") or "").removeprefix("internal://")]
        assert text.replace("\r\n", "\n") == "".join(f"{block.text}\n" for block in work.blocks)
        starts, at = {}, 0
        for block in work.blocks:
            starts[block.id] = at
            at += len(block.text) + 1
        for selection in source.iter("{*}PlainTextSelection"):
            start, end = (int(selection.get(f"{side}Position") or 0) for side in ("start", "end"))
            id_ = [name for name, first in starts.items() if first <= start][-1]
            whole = work.block(id_).text
            quote = whole[start - starts[id_] : end - starts[id_]]
            coder = users[selection.get("creatingUser")]
            for ref in selection.iter("{*}CodeRef"):
                tag = codes[ref.get("targetGUID")]
                found.add((coder, work.id, id_, tag, "" if quote == whole else quote))
            if coder not in coders:
                continue  # a note of the editors, see test_editorial_exports
            refs = [ref.get("targetGUID") for ref in selection.iter("{*}NoteRef")]
            refs = [guid for guid in refs if guid not in others]
            words |= {(coder, work.id, id_, notes[guid].strip()) for guid in refs}
            words |= {(coder, work.id, id_, one.text or "") for one in selection.iter("{*}Description")}
    assert found == facts(oracle) | marks(oracle)
    assert words == coder_texts(oracle)


def test_every_file_of_xml_says_what_it_is(book: Book) -> None:
    with zipfile.ZipFile(io.BytesIO(book.files["data/project.qdpx"])) as archive:
        files = [archive.read("project.qde"), book.files["data/codebook.qdc"], book.files["data/edition.xml"]]
    for data in files:
        assert data.startswith(
            (b"<?xml version='1.0' encoding='UTF-8'", b'<?xml version="1.0" encoding="UTF-8"')
        )
        assert data.endswith(b">\n")


# --- tables and JSON --------------------------------------------------------------------------------


def test_the_table_of_passages_has_a_row_for_every_tag_of_every_coder(book: Book) -> None:
    oracle = book.oracle
    text = book.files["data/passages.csv"].decode("utf-8-sig")
    found, words = set(), set()
    for row in csv.DictReader(io.StringIO(text)):
        if not row["coder"]:
            continue
        where = (row["coder"], row["work"], row["passage"])
        assert row["text"] == oracle.passages[where[1:]].text
        assert row["number"] == str(oracle.passages[where[1:]].number)
        found.add((*where, f"function:{row['function']}", ""))
        words |= {
            (*where, row[name])
            for name in ("gist", "gist_en", "note", "note_en", "tag_note")
            if row.get(name)
        }
        if not row["tag"]:
            continue
        tag = f"{row['code']}:{row['relation']}" if row["kind"] == "cell" else f"{row['facet']}:{row['code']}"
        numbers = [name.removeprefix("quote_") for name in row if name.startswith("quote_")]
        quotes = [row[f"quote_{n}"] for n in numbers if row[f"quote_{n}"]]
        for n in numbers:
            if row[f"quote_{n}"]:
                start, end = int(row[f"start_{n}"]), int(row[f"end_{n}"])
                assert row["text"][start:end] == row[f"quote_{n}"]
        found |= {(*where, tag, quote) for quote in quotes or [""]}
    assert found == facts(oracle)
    assert words == coder_texts(oracle)


def test_the_data_for_scripts_hold_the_tags_of_every_coder(book: Book) -> None:
    oracle = book.oracle
    coder = oracle.site["coder"]
    wanted = facts(oracle)
    for position, work in enumerate(oracle.works):
        own = f"passages-{work.id}.json" if position else "passages.json"
        one = json.loads(book.files[f"data/{own}"])
        for passage in one["passages"]:
            assert passage["text"]["hant"] == oracle.passages[(work.id, passage["id"])].text
        spoken_by = [(coder, one["passages"])]
        spoken_by += [(coding["coder"], coding["passages"]) for coding in one.get("codings", ())]
        found = set()
        for name, passage in [(name, passage) for name, passages in spoken_by for passage in passages]:
            where = (name, work.id, passage["id"])
            found.add((*where, f"function:{passage['function']}", ""))
            for cell in passage["cells"]:
                tag = f"{cell['cell']}:{cell['relation']}"
                found |= {(*where, tag, quote["quote"]) for quote in cell["evidence"]}
            for facet in oracle.facets:
                found |= {(*where, f"{facet}:{entry}", "") for entry in passage[facet]}
        cells = {f"{cell}:{relation}" for cell in oracle.cells for relation in oracle.relations}
        own = {fact for fact in wanted if fact[1] == work.id}
        assert {f for f in found if f[3] in cells} == {f for f in own if f[3] in cells}
        assert {f[:4] for f in found} == {f[:4] for f in own}
