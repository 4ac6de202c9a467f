"""The codebook as a tree of codes, as programs for qualitative data analysis use it.

A dimension has its cells below it, and a cell has itself in each relation, and its traits; passages are
tagged with these, or with the cell itself in a codebook without relations.  The functions, the voices that
are not the author's, and each facet have their own codes below them.  Ids are those of
:mod:`site_builder.edition.codes`; the groups of the functions and of the voices are ``function`` and
``voice``.

Some programs merge codes of one name wherever they are in the tree.  So each name is unique in the whole
tree: a code whose name is also that of another one gets the name of its parent as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from site_builder.edition import identifiers
from site_builder.edition.codes import CodeId
from site_builder.edition.index import quotations
from site_builder.language import catalogue
from site_builder.language.catalogue import Catalogue
from site_builder.language.message import msg, pmsg
from site_builder.model import AUTHOR, VOICES, Cell, Entry, Facet, Localized, Project, Term
from site_builder.model.text import joined
from site_builder.records import dataclass, replace

_FUNCTION = "function"
_VOICE = "voice"
VOICE_NAMES = {
    "author": pmsg("a voice", "The author’s own words"),
    "reported": pmsg("a voice", "The author reports another’s view"),
    "quoted": pmsg("a voice", "The author quotes another’s words"),
}
"""Voices → their names."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Code:
    """A code in the tree.

    ``id`` is its id in writing, and ``above`` that of its parent, or empty.  ``translations`` is its name in
    other languages, in the order of their tags, without the tags.  ``code`` is what it says of a passage, or
    ``None`` if it only groups others.  ``incomplete`` marks a cell that a tag needs a relation for.
    ``color`` is ``#rrggbb`` or empty.
    """

    id: str
    above: str
    name: str
    definition: str
    translations: tuple[str, ...]
    code: CodeId | None = None
    incomplete: bool = False
    color: str = ""

    @property
    def description(self) -> str:
        """Its definition, its names in other languages, and last its id, which outlasts a change of names: a
        line each.

        A part that is empty has no line.  The id is in brackets: ``[depth+:shows]``.
        """
        return "\n".join(filter(None, (self.definition, *self.translations, f"[{self.id}]")))

    @property
    def tag(self) -> CodeId | None:
        """What a passage is tagged with: a cell in a relation, a trait, a function, an entry or a voice.

        It is a cell alone in a codebook without relations.  ``None`` for a cell alone if there are relations,
        and for a code that only groups others, such as a dimension or a facet.
        """
        return None if self.incomplete else self.code


def guid(project: Project, code: Code) -> str:
    """The permanent GUID of a code, 36 lower-case characters.

    It depends on the id of the code, not on its name, and on the first work of the project and the first line
    of its ledger.

    :raises IndexError: if the project has no work.
    """
    return identifiers.guid(project, "code", code.id)


def codes(project: Project) -> tuple[Code, ...]:
    """Every code, each after its parent, with unique names.

    First each dimension with its cells, each followed by itself in every relation and by its traits (in a
    grid without poles the cells alone); then the group ``function`` and the functions, if there are any; the
    group ``voice`` and the voices ``reported`` and ``quoted``, if evidence has one of the two; then each
    facet with its entries.  A cell is named ``深度＋ 名``, in a relation ``深度＋ · shows``; without poles
    ``名`` and ``名 · shows``.  A cell of a dimension that does not exist is left out.  A name that two codes
    have becomes ``NAME (PARENT)``, or ``NAME (ID)`` with ``·`` for the colon; a code without a parent keeps
    it, unless two such codes have it.  The signs are those of the language of the prose: ``（）`` and ``・``
    in Chinese.

    A codebook without any of these gives ``()``.

    :raises KeyError: if the pole of a cell does not exist.
    """
    words = catalogue.of(project.site.language)
    found = [*_grid(project, words), *_functions(project, words), *_voices(project, words)]
    for facet in project.facets:
        found += _facet(facet)
    return tuple(_distinct(found, words))


def _grid(project: Project, words: Catalogue) -> Iterator[Code]:
    grid = project.grid
    signs = {pole.id: pole.sign or f" {pole.name}" for pole in grid.poles}
    if not grid.poles:
        for cell in grid.cells:
            yield from _cell(cell, "", "", grid.relations, words)
    for dimension in grid.parents:
        above = str(CodeId.of("dimension", dimension.id))
        yield Code(
            id=above,
            above="",
            name=dimension.name,
            definition=dimension.definition,
            translations=_translations(dimension.name),
        )
        for cell in grid.cells:
            if cell.dimension == dimension.id:
                sign = joined(dimension.name, signs[cell.pole])
                yield from _cell(cell, above, sign, grid.relations, words)


def _cell(cell: Cell, above: str, sign: str, relations: tuple[Term, ...], words: Catalogue) -> Iterator[Code]:
    own = _code(CodeId.cell(cell.id), above, cell, name=f"{sign} {cell.name}".lstrip(), color=cell.color)
    yield replace(own, incomplete=bool(relations))
    for relation in relations:
        yield _code(
            CodeId.cell(cell.id, relation.id),
            cell.id,
            relation,
            name=words.text(
                pmsg(
                    "a cell in a relation",
                    "%(cell)s · %(relation)s",
                    cell=sign or cell.name,
                    relation=relation.name,
                )
            ),
            translations=_translations(cell.name, relation.name),
            color=cell.color,
        )
    for trait in cell.traits:
        yield _code(CodeId.trait_of(cell.id, trait.id), cell.id, trait, color=cell.color)


def _voices(project: Project, words: Catalogue) -> Iterator[Code]:
    evidence = (quote for tagging in project.taggings for quote in quotations(tagging))
    if all(quote.voice == AUTHOR for quote in evidence):
        return
    yield Code(id=_VOICE, above="", name=words.text(msg("Voices")), definition="", translations=())
    for voice in VOICES:
        if voice != AUTHOR:
            code = CodeId.of("voice", voice)
            name = words.text(VOICE_NAMES[voice])
            yield Code(id=str(code), above=_VOICE, name=name, definition="", translations=(), code=code)


def _functions(project: Project, words: Catalogue) -> Iterator[Code]:
    name = words.text(msg("Functions"))
    if project.grid.functions:
        english = catalogue.of(catalogue.ENGLISH).text(msg("Functions"))
        other = (english,) if english != name else ()
        yield Code(id=_FUNCTION, above="", name=name, definition="", translations=other)
    for term in project.grid.functions:
        yield _code(CodeId.of("function", term.id), _FUNCTION, term)


def _facet(facet: Facet) -> Iterator[Code]:
    above = str(CodeId.of("facet", facet.id))
    translations = _translations(facet.name)
    yield Code(id=above, above="", name=facet.name, definition=facet.definition, translations=translations)
    placed: set[str] = set()
    left = list(facet.entries)
    while left:
        # a parent may come after its parts; where no entry comes before its parts, the parents form a circle
        ready = [e for e in left if not e.parent or e.parent in placed] or left[:1]
        for entry in ready:
            parent = str(CodeId.entry(facet.id, entry.parent)) if entry.parent in placed else above
            yield _code(CodeId.entry(entry.facet, entry.id), parent, entry, definition=entry.definition.text)
        placed |= {entry.id for entry in ready}
        left = [entry for entry in left if entry.id not in placed]


def _code(
    code: CodeId,
    above: str,
    found: Cell | Term | Entry,
    *,
    name: str = "",
    translations: tuple[str, ...] = (),
    definition: str = "",
    color: str = "",
) -> Code:
    """The code of a record of the codebook, with its name and definition where none are given."""
    return Code(
        id=str(code),
        above=above,
        name=name or found.name,
        definition=definition if isinstance(found, Entry) else found.definition,
        translations=translations or _translations(found.name),
        code=code,
        color=color,
    )


def _translations(*names: Localized) -> tuple[str, ...]:
    """Names in each other language that one of them has; several are one text, ``A / B``."""
    languages = sorted({language for name in names for language in name.translations})
    return tuple(" / ".join(filter(None, (name.of(one) for name in names))) for one in languages)


def _distinct(found: list[Code], words: Catalogue) -> Iterator[Code]:
    """Each code with the shortest name that no other could have; the outermost choose first."""
    plain = {code.id: code.name for code in found}
    wanted = {code.id: _candidates(code, plain, words) for code in found}
    outer = Counter(name for code in found if not code.above for name in wanted[code.id])
    rivals = Counter(name for candidates in wanted.values() for name in candidates)
    for code in found:
        taken = rivals if code.above else outer
        free = (name for name in wanted[code.id] if taken[name] == 1)
        yield replace(code, name=next(free, wanted[code.id][-1]))


def _candidates(code: Code, plain: dict[str, str], words: Catalogue) -> tuple[str, ...]:
    """Names for a code, the shortest first: its own, with that of its parent, with its id."""
    # some programs divide a name at a colon
    id_ = code.id.replace(":", words.text(pmsg("in an id, for the colon", "·")))
    added = (plain[code.above], id_) if code.above else (id_,)
    return (
        code.name,
        *(
            words.text(pmsg("a name and its parent", "%(name)s (%(parent)s)", name=code.name, parent=one))
            for one in added
        ),
    )
