"""The ledgers of a project as files: the path of each, and how its text is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from site_builder.edition import addressed, ledger_text, recording
from site_builder.edition.recording import Ledger, State
from site_builder.model import Project, Work
from site_builder.records import dataclass

ADDRESSES = "annotations/anchors.yaml"
"""The path of the ledger of all addresses outside of the texts."""
HEADER = """\
# The ledger of addresses: every page and anchor outside of the texts that was ever published.
# Written by `site-builder anchors`. Commit it with the pages; no line is ever taken out.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """One ledger: its path, its state, and how its file is written.

    ``group`` maps an anchor id to its group of lines; ``header`` begins a new file.
    """

    path: str
    state: State
    group: Callable[[str], str]
    header: str

    def text(
        self, old: str | None, new: Ledger, comments: Mapping[int, tuple[int, str]] = ledger_text.NO_COMMENTS
    ) -> str:
        """The text of the file with ``new`` in it.

        Only changed and new lines of ``old``, its present text, change.  Without ``old``, or if it is blank,
        the text of a new file is returned.  Nothing is written.

        :param new: the ledger of ``state`` with some lines changed, followed by new ones.
        :param comments: those of ``old``, which stay.
        :raises ValueError: if a line of the ledger cannot be found in ``old``.
        """
        if old is None or not old.strip():
            return ledger_text.dump(new, self.header)
        return ledger_text.edited(old, self.state.ledger, new, self.group, comments)


def of_work(work: Work, *, with_sentences: bool) -> Kept:
    """The ledger of a text: ``corpus/WORK/anchors.yaml``, which need not exist; new lines come at its end.

    ``group`` gives ``""`` for every id.  The ledger of the state is ``()`` if there is no file; its blocks
    are those of the work.

    :param with_sentences: record sentences too (from format 2 on).  If not, the state has no group, else it
        has one.  The lines of sentences are in the ledger of the state in both cases.
    """
    state = recording.of_work(work, with_sentences=with_sentences)
    return Kept(
        path=f"{work.folder}/anchors.yaml", state=state, group=lambda _: "", header=ledger_text.HEADER
    )


def of_project(project: Project) -> Kept:
    """The ledger of all addresses outside of the texts: ``annotations/anchors.yaml``, which need not exist.

    ``group`` gives the page of an id (``silence.html`` for ``silence.html#b2``), so a new line follows the
    last line of its page.
    """
    state = recording.of_project(project)
    return Kept(path=ADDRESSES, state=state, group=addressed.page_of, header=HEADER)
