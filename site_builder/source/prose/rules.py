"""The rules of the parser of sentences: the marks of this project, and emphasis beside Chinese marks."""

from __future__ import annotations

import unicodedata

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from site_builder.language.characters import is_unspaced
from site_builder.source.prose.marks import MARK


def _mark(state: StateInline, silent: bool) -> bool:
    """Rule of the parser: a citation, a link to a part of the project, a form, or words not quoted."""
    mark = MARK.match(state.src, state.pos)
    if mark is None or mark.end() > state.posMax:
        return False
    if not silent:
        if mark["cite"] is not None:
            state.push("cite", "", 0).content = mark["cite"]
        elif mark["form"] is not None:
            state.push("form", "", 0).content = mark["form"]
        elif mark["target"] is not None:
            state.push("term_open", "a", 1).meta = {"target": mark["target"]}
            _inside(state, mark.span("words"))
            state.push("term_close", "a", -1)
        else:
            state.push("unquoted_open", "span", 1)
            _inside(state, mark.span("unquoted"))
            state.push("unquoted_close", "span", -1)
    state.pos = mark.end()
    return True


def _inside(state: StateInline, span: tuple[int, int]) -> None:
    """Parse a part of the text by itself."""
    end, state.posMax = state.posMax, span[1]
    state.pos = span[0]
    state.md.inline.tokenize(state)
    state.posMax = end


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Rule of the parser: a run of ``*`` or ``_``.  Each character is text until it is paired."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    start = end = state.pos
    while end < state.posMax and state.src[end] == marker:
        end += 1
    opens, closes = _flanks(state.src, start, end)
    for at in range(start, end):
        token = state.push("text", "", 0)
        token.content, token.meta = marker, {"at": at}
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=end - start,
                token=len(state.tokens) - 1,
                end=-1,
                open=opens,
                close=closes,
            )
        )
    state.pos = end
    return True


def _flanks(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether a run of ``*`` or ``_`` may open emphasis, and whether it may close it."""
    before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
    left = not after.isspace() and (not _western_mark(after) or _sets_off(before))
    right = not before.isspace() and (not _western_mark(before) or _sets_off(after))
    if text[start] == "*":
        return left, right
    return left and (not right or _is_mark(before)), right and (not left or _is_mark(after))


def _sets_off(char: str) -> bool:
    return char.isspace() or _is_mark(char) or is_unspaced(char)


def _western_mark(char: str) -> bool:
    return _is_mark(char) and not is_unspaced(char)


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _kept_break(state: StateInline, silent: bool) -> bool:
    """Rule of the parser: a line end is kept after a backslash; otherwise it is a soft break."""
    kept = state.src.startswith("\\\n", state.pos)
    if not kept and state.src[state.pos] != "\n":
        return False
    if not silent:
        state.pending = state.pending.rstrip(" ")
        state.push("hardbreak" if kept else "softbreak", "br", 0)
    state.pos += 2 if kept else 1
    while state.pos < state.posMax and state.src[state.pos] in " \t":
        state.pos += 1
    return True


def parser() -> MarkdownIt:
    """A new parser of sentences (``parseInline``), with emphasis beside Chinese marks.

    A citation is one token ``cite``, a form one token ``form``, each with its words as ``content``.  A link
    begins with ``term_open`` (its ``meta`` has ``target``) and ends with ``term_close``, words that are no
    quotation with ``unquoted_open`` and ``unquoted_close``.  Pictures, automatic links and HTML stay text.
    """
    made = MarkdownIt("commonmark", {"html": False})
    made.disable(["link", "image", "autolink", "backticks", "html_inline"])
    made.disable(["fragments_join", "text_join"])  # an unpaired character stays a token of its own
    made.inline.ruler.at("newline", _kept_break)
    made.inline.ruler.at("emphasis", _emphasis)
    made.inline.ruler.after("escape", "mark", _mark)
    return made
