"""The pipeline: from the texts of the files of a project to the files of its site.

::

    texts ─read─> project ─build_index─> index ─check─> Checked ─edition─> Edition ─assemble─> files

Each step takes a value and returns a value.  Nothing here reads or writes a file: ``edges`` does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, BinaryIO

from site_builder import check
from site_builder.check import manual, reviews
from site_builder.edition.edition import Edition
from site_builder.edition.index import Index, build_index
from site_builder.edition.sizes import SIZES, Sizes
from site_builder.model import Problem, Project
from site_builder.model.memory import Memory
from site_builder.records import dataclass
from site_builder.source import parts, read
from site_builder.source.parts import ReadPart

if TYPE_CHECKING:
    from site_builder.formats.files import FileStore
    from site_builder.formats.format import Format
    from site_builder.pipeline.assemble import Assembler
    from site_builder.site.tasks import Engine

Say = Callable[[str], None]
"""Is called with the name of each step as it begins."""

UNRECORDED = ("A001", "A003", "A004", "A008", "A009")
"""Codes of words that the ledgers do not know yet.  They stop a build, and not a preview."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """A project that was read and checked, with every problem found, in order of place.

    ``project`` and ``index`` are ``None`` where the files could not be read as a project at all.
    """

    project: Project | None
    index: Index | None
    problems: tuple[Problem, ...]
    memory: Memory = field(default_factory=Memory, compare=False, repr=False)

    @property
    def sound(self) -> bool:
        """Whether there is a project, and no error in it.  Reviews do not count."""
        return self.project is not None and not check.errors(list(self.problems))

    @property
    def showable(self) -> bool:
        """Whether a preview can be made: there is a project, and no error except that a ledger does not know
        words yet (A001, A003, A004, A008, A009).  Reviews do not count.

        An author sees a page before its ids are recorded; the ids of new words may still change.
        """
        errors = check.errors(list(self.problems))
        return self.project is not None and all(error.code in UNRECORDED for error in errors)

    def edition(self, *, with_text: bool = True, sizes: Sizes = SIZES) -> Edition | None:
        """What is published; ``None`` where an error stops the build, or the project could not be read.
        Reviews do not stop it.

        :param with_text: whether the text itself may be published.
        :param sizes: the sizes past which a page or a file is split.
        """
        if not self.sound or self.project is None or self.index is None:
            return None
        return Edition(self.project, self.index, with_text=with_text, sizes=sizes)

    def preview(self) -> Edition | None:
        """What a preview shows, always with the text; ``None`` unless it is :attr:`showable`.

        So an error stops it, except that a ledger does not know words yet.
        """
        if not self.showable or self.project is None or self.index is None:
            return None
        return Edition(self.project, self.index, memory=self.memory)


def check_sources(
    sources: Mapping[str, str],
    problems: Sequence[Problem] = (),
    read_part: ReadPart = parts.read,
    memory: Memory | None = None,
) -> Checked:
    """Read a project from the texts of its files, and run every rule over it.

    No exception is raised for a wrong project: what is wrong is in ``problems``, sorted by place.  Texts
    that are not a project give ``project=None``, as :func:`read.project` says: without the project file, for
    example, or without a work that can be read, since a work needs its text.  An ``edges.yaml`` that
    cannot be read is left out, with one problem.  A review that the project answers is left out.  A file that
    could not be read is not reported again as missing.

    :param sources: path in the project → text.
    :param problems: what was found when the files were read; it is part of the result.
    :param read_part: reads each file, as :func:`read.project` says.
    :param memory: of earlier calls with the same project.  With it, and with a ``read_part`` that gives what
        it gave before, what has not changed is neither read nor checked again.
    """
    memory = memory or Memory()
    project, unreadable = read.project(sources, read.unread(problems), read_part, memory)
    found = [*problems, *unreadable]
    index = build_index(project, memory) if project is not None else None
    if project is not None and index is not None:
        unread = read.unread(found)
        found += check.run(Edition(project, index, memory=memory), unread)
        known = manual.rules() if project.answers else {}
        found = reviews.applied(project.answers, found, known, whole=not unread)
    return Checked(project=project, index=index, problems=tuple(check.ordered(found)), memory=memory)


def site(
    edition: Edition,
    say: Say = lambda _: None,
    engine: Engine | None = None,
    files: FileStore | None = None,
    earlier: BinaryIO | None = None,
) -> Mapping[str, bytes]:
    """Every file of the site: path → bytes.  The same input gives the same bytes.

    Paths are relative and have ``/``: ``index.html``, ``hans/index.html``, ``data/passages.csv``.  If the
    text may not be published, pages and files that need it are left out, and the others shorten it.

    :param say: is called with the name of each step, in English: ``exporting``, ``rendering the pages``,
        ``making the books``, ``packing``.
    :param engine: does the tasks of the build; without one, everything is done in this process.
    :param files: keeps the files while they are made; without it they are in memory.
    :param earlier: the archive ``data/site.zip`` of an earlier build with the same version of this tool and
        of Python.  The site is the same with it, and made sooner.
    """
    return _assembler(edition, say, engine, files, earlier).site().files


def export(edition: Edition, form: Format, say: Say = lambda _: None) -> Mapping[str, bytes]:
    """The files of one format, by their paths in the site (``data/passages.csv``); the same bytes as there.

    A format that needs a text that may not be published gives ``{}``.  For a format that is made from more
    than the tags, the whole site is made.

    :param say: is called with the name of each step, as for :func:`site`; not at all if the format is made
        from the tags alone.
    """
    return _assembler(edition, say).of_format(form)


def _assembler(
    edition: Edition,
    say: Say,
    engine: Engine | None = None,
    files: FileStore | None = None,
    earlier: BinaryIO | None = None,
) -> Assembler:
    # imported late: a check needs neither templates nor formats, and starts faster without them
    from site_builder.pipeline.assemble import Assembler

    return Assembler(edition, say, engine, files, earlier)
