"""The cost of hostile and very large files for ``import-tags``: time, memory, and lines of the report."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import TINY

from site_builder.formats.webannotation.read import ANNOTATIONS
from site_builder.importing import untrusted

MEMORY = 150  # MB
SECONDS = 60  # of a processor; a machine that tests in parallel is slow
LINES = 110  # a hundred of a kind, and what else there is

# A small process that starts the command: the memory of a large one would be counted as the command's.
LAUNCH = """
import json, resource, subprocess, sys
run = subprocess.run(sys.argv[1:], capture_output=True, text=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([run.returncode, run.stderr, used.ru_maxrss / 1024, used.ru_utime + used.ru_stime]))
"""


def zipped(xml: str, **more: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", xml)
        for name, content in more.items():
            archive.writestr(f"sources/{name}", content)
    return out.getvalue()


def commas() -> bytes:
    return b"passage,tag\n" + b"," * 49_000_000


def short_rows() -> bytes:
    return b"passage,tag,quote_1\n" + b"p2,bad,x\n" * 1_000_000


def lost_quotations() -> bytes:
    return ("passage,tag,quote_1\n" + "".join(f"p2,flow~a:shows,水{n}\n" for n in range(49_000))).encode()


def long_notes() -> bytes:
    """The widest characters, which take four bytes each in memory."""
    return ("passage,note\n" + "".join(f"p2,{'a' * 180}😀{n}\n" for n in range(49_000))).encode()


def a_million_annotations() -> bytes:
    return b"[" + b'{"target":1},' * 1_000_000 + b"{}]"


def bad_annotations() -> bytes:
    return json.dumps([{"type": "Annotation", "target": "x"}] * ANNOTATIONS).encode()


def long_texts() -> bytes:
    return ('{"annotations":[' + ",".join(['"😀%s"' % ("a" * 40)] * 180_000) + "]}").encode()


def line_ends() -> bytes:
    return b"[" + b"\n" * (untrusted.LARGEST - 20) + b'{"target":"z"}]'


def attributes() -> bytes:
    return zipped("<Project" + "".join(f" a{n}='{n}'" for n in range(untrusted.NODES - 10)) + "/>")


def selections() -> bytes:
    one = (
        '<PlainTextSelection guid="{0}" startPosition="3" endPosition="9"><Coding guid="{0}">'
        '<CodeRef targetGUID="q"/></Coding></PlainTextSelection>'
    )
    rows = "".join(one.format(n) for n in range(24_000))
    source = f'<TextSource plainTextPath="internal://t.txt">{rows}</TextSource>'
    return zipped(
        f"<Project><Sources>{source}</Sources></Project>",
        **{"t.txt": (TINY / "corpus/canal/witness.txt").read_bytes()},
    )


def zip_bomb() -> bytes:
    return zipped("<Project>" + " " * 200_000_000)


FILES: tuple[Callable[[], bytes], ...] = (
    *(commas, short_rows, lost_quotations, long_notes, a_million_annotations, bad_annotations),
    *(long_texts, line_ends, attributes, selections, zip_bomb),
)


@pytest.mark.skipif(sys.platform != "linux", reason="the unit of the memory of a process is that of Linux")
@pytest.mark.parametrize("make", FILES, ids=lambda make: make.__name__)
def test_a_file_costs_little_time_and_memory_whatever_it_holds(
    make: Callable[[], bytes], tmp_path: Path
) -> None:
    path = tmp_path / "their file"
    path.write_bytes(make())
    command = [sys.executable, "-m", "site_builder", "import-tags", str(path), str(TINY), "--dry-run"]
    run = subprocess.run(
        [sys.executable, "-c", LAUNCH, *command, "--coder", "ming"],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    status, report, memory, seconds = json.loads(run.stdout)
    assert status == 1
    assert "nothing was written" in report
    assert "Traceback" not in report
    assert len(report.splitlines()) <= LINES
    assert memory <= MEMORY
    assert seconds <= SECONDS


def test_an_archive_may_be_large_if_its_large_members_are_not_read(tmp_path: Path) -> None:
    """A recording of 60 MB beside the texts: only the project is read."""
    path = tmp_path / "sound.qdpx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("sources/sound.wav", os.urandom(1_000_000) * 60)
        archive.writestr("project.qde", "<Project/>")
    assert path.stat().st_size > 50_000_000
    with path.open("rb") as file:
        assert untrusted.Archive(file)["project.qde"] == b"<Project/>"


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "site_builder", "import-tags", str(pipe), str(TINY)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 2
    assert "cannot be read: it is not a regular file / name a file" in run.stderr
