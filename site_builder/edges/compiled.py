"""Compiled templates, kept beside the compiled modules of the tool, in ``__pycache__``.

Compiled code is run, so it is not in the cache of results, which gives nothing but texts and records.
Whoever can write to a folder of the tool can change the tool anyway.  As for modules, nothing is written
with ``PYTHONDONTWRITEBYTECODE``, or where the folder cannot be written to, and ``PYTHONPYCACHEPREFIX``
names another place.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType

from site_builder.site import templating
from site_builder.site.templating import Compiled

_MODULES = Path(templating.__file__).parent


@contextmanager
def beside(tool: bytes) -> Iterator[None]:
    """Until the end of the block, templates are compiled only if no earlier process kept them.

    :param tool: a digest of the tool (:func:`.toolprint.digest`).
    """
    Compiled.beside = Beside(tool)
    try:
        yield
    finally:
        Compiled.beside = None


class Beside:
    """Keeps each template in a file of its own, which begins with what it was compiled by and from.

    :param tool: a digest of the tool; the code of another version is not used.
    :param folder: that of the modules.
    """

    def __init__(self, tool: bytes, folder: Path = _MODULES) -> None:
        self._tool = tool
        self._folder = folder

    def get(self, key: str, checksum: str) -> CodeType | None:
        """The code of a template; ``None`` if none is kept that this version compiled from the same text.

        :param key: different for every template; a word of letters and digits.
        :param checksum: that of its text.
        """
        head = self._head(checksum)
        with suppress(OSError, ValueError, EOFError, TypeError):
            data = self._path(key).read_bytes()
            if data.startswith(head):
                found = marshal.loads(data[len(head) :])
                return found if isinstance(found, CodeType) else None
        return None

    def put(self, key: str, checksum: str, code: CodeType) -> None:
        """Keep the code of a template.  An earlier file is replaced at once; if that is not possible, it
        stays.
        """
        if sys.dont_write_bytecode:
            return
        path = self._path(key)
        new = path.with_name(f"{path.name}.{os.getpid()}")
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            with new.open("xb") as file:
                try:
                    file.write(self._head(checksum) + marshal.dumps(code))
                    file.close()
                    new.replace(path)
                finally:
                    new.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return Path(cache_from_source(str(self._folder / f"template-{key}.py")))

    def _head(self, checksum: str) -> bytes:
        return self._tool + checksum.encode()
