"""Templates: the environment of Jinja, and how its templates are compiled.

A template of macros is imported without context where it uses no value of a page, and so runs once for all
pages; a macro gets such a value as an argument.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import Any, ClassVar, Protocol

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.environment import TemplateModule
from jinja2.runtime import Macro
from jinja2.utils import missing

from site_builder.site.printing import Printer, as_markup


def templates(folder: Path, printer: Printer) -> Templates:
    """The templates of one view.

    They have the functions for messages (``_``, ``gettext``, ``ngettext``, ``pgettext``, ``npgettext``), and
    no filters but those of Jinja.  Values are escaped.  A name without a value raises
    ``jinja2.UndefinedError``.  The line end after a block tag, and the white space before one that begins a
    line, are removed.

    :param folder: that of the templates.
    :param printer: makes markup of each value that a template prints, and translates messages.
    """
    env = Templates(
        printer.written,
        loader=FileSystemLoader(folder),
        bytecode_cache=Compiled(),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        optimized=False,  # a value that a filter makes of a constant can differ from page to page
    )
    env.newstyle_gettext = True  # type: ignore[attr-defined]
    env.policies["ext.i18n.trimmed"] = True
    env.globals |= {
        "_": printer.gettext,
        "gettext": printer.gettext,
        "ngettext": printer.ngettext,
        "pgettext": printer.pgettext,
        "npgettext": printer.npgettext,
    }
    return env


class Codes(Protocol):
    """Keeps compiled templates for other processes: by a key and a checksum of the text."""

    def get(self, key: str, checksum: str) -> CodeType | None:
        """The code of a template, or ``None``."""
        ...

    def put(self, key: str, checksum: str, code: CodeType) -> None:
        """Keep the code of a template."""
        ...


class Compiled(BytecodeCache):
    """Keeps compiled templates until the process ends, because ``serve`` builds again and again.

    The key of a template is its name and a checksum of its text: all views have the same.
    """

    beside: ClassVar[Codes | None] = None
    """Keeps them for other processes too; ``None`` for nothing that does."""
    _code: ClassVar[dict[tuple[str, str], CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a bucket the code of its template, or ``None`` if it is not known."""
        known = bucket.key, bucket.checksum
        if known not in self._code and self.beside is not None:
            found = self.beside.get(*known)
            if found is not None:
                self._code[known] = found
        bucket.code = self._code.get(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a bucket."""
        assert bucket.code is not None
        known = bucket.key, bucket.checksum
        self._code[known] = bucket.code
        if self.beside is not None:
            self.beside.put(*known, bucket.code)


class _Generator(CodeGenerator):
    """Compiles templates whose values are printed by :meth:`.Printer.written`, which escapes them.

    Jinja prints no constant when it compiles a template, since that would be in the language of one view.
    No function that templates call takes the context, so they are called as they are.
    """

    def _make_finalize(self) -> CodeGenerator._FinalizeInfo:
        return self._FinalizeInfo(const=None, src=None)

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        self.write("environment.written(")

    def _output_child_post(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        self.write(")")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """Write a call without the context and without Jinja's own call of it."""
        starred = (("*", node.dyn_args), ("**", node.dyn_kwargs))
        arguments = [
            *(("", one) for one in node.args),
            *((f"{one.key}=", one.value) for one in node.kwargs),
            *((stars, one) for stars, one in starred if one is not None),
        ]
        self.visit(node.node, frame)
        self.write("(")
        for before, one in arguments:
            self.write(before)
            self.visit(one, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        """Write what gives the macros of a template: without context, those that all pages have."""
        if node.with_context:
            super()._import_common(node, frame)
            return
        self.write("environment.macros(")
        self.visit(node.template, frame)
        self.write(")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Write what makes a macro: as Jinja does, of another class."""
        self.write("environment.")
        super().macro_def(macro_ref, frame)


class _Macro(Macro):
    """A macro that gives markup, and is called quickly without words for arguments (``name=…``)."""

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        """What the macro writes for the arguments; those that are left out have their defaults."""
        lacking = self._argument_count - len(args)
        if kwargs or lacking < 0 or self.caller or self.catch_kwargs or self.catch_varargs:
            return super().__call__(*args, **kwargs)
        return as_markup(self._func(*args, *(missing,) * lacking))


class Templates(Environment):
    """Templates of one view.  ``written`` makes markup of each value that a template prints."""

    code_generator_class = _Generator
    Macro = _Macro

    def __init__(self, written: Callable[[Any], str], **options: Any) -> None:
        super().__init__(**options)
        self.written = written
        self._macros: dict[str, TemplateModule] = {}

    def macros(self, name: str) -> TemplateModule:
        """The macros of a template that uses no value of a page; it is run once.

        :raises jinja2.TemplateNotFound: if there is no such template.
        """
        if name not in self._macros:
            self._macros[name] = self.get_template(name).module
        return self._macros[name]
