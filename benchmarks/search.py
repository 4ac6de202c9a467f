"""``python -m benchmarks.search SITE``: the search page of a large site, opened from disk.

For random parts of the texts, it asks the search page in Chromium and compares what is found with a plain
scan of the keys of all texts.  It prints, for each view, how long the first result and all results take, how
much memory the page has, and every part of a text for which something else is found.

The texts must be in a script without spaces between words, as those of :mod:`benchmarks.corpus` are: of other
words the page finds only the beginning.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, sync_playwright

from site_builder.language import folding

KEPT = 2000
"""Passages whose texts the page keeps; it counts all (``KEPT`` of ``shards.js``)."""
LONGEST = 12
"""Characters of the longest part."""
_FLAGS = ("--no-sandbox", "--disable-gpu", "--allow-file-access-from-files")
_ASK = """async words => {
  const box = document.getElementById("_q"), hits = document.getElementById("_hits");
  const start = performance.now();
  let first = null;
  const watch = new MutationObserver(() => {
    if (first === null && hits.querySelector("li")) first = performance.now() - start;
  });
  watch.observe(hits, {childList: true, subtree: true});
  box.value = words;
  box.dispatchEvent(new Event("input"));
  while (!SHARDS.state().done) await new Promise(then => setTimeout(then, 1));
  const all = performance.now() - start;
  await new Promise(then => setTimeout(then, 0));
  watch.disconnect();
  const texts = SHARDS.records.filter(one => one.kind === "text").map(one => one.passage.u);
  return [first, all, texts.sort(), SHARDS.state().counts.get("text") || 0];
}"""
"""Asks for words: milliseconds to the first and to all results, the addresses of passages, and their number.
"""


class Found(NamedTuple):
    """What the page of one view found.

    ``first`` and ``all`` are milliseconds, one for each part of a text; ``megabytes`` is the memory of the
    page after all searches.  ``wrong`` are the parts for which the page found other passages than the scan.
    """

    view: str
    texts: int
    first: list[float]
    all: list[float]
    megabytes: float
    wrong: list[str]

    def __str__(self) -> str:
        first, every = statistics.median(self.first), statistics.median(self.all)
        wrong = "".join(f"\n  other passages: {words}" for words in self.wrong)
        return (
            f"{self.view or 'first view'}: {self.texts} texts, {len(self.all)} searches, "
            f"first result {first:.0f} ms, all results {every:.0f} ms, {self.megabytes:.0f} MB, "
            f"{len(self.wrong)} with other passages than a scan{wrong}"
        )


def keys_of(site: Path, suffix: str) -> dict[str, str]:
    """The key of the text of every passage by its address.

    :param suffix: of the files of data of the view: ``-hans``.
    """
    found = {}
    for number in range(1, len(_data(site / f"data/search{suffix}.js")["parts"]) + 1):
        part = _data(site / f"data/search{suffix}/{number}.js")
        for record in part["records"]:
            if record["k"] == "text":
                found[part["passages"][record["p"]]["u"]] = folding.fold(record["x"])[0]
    return found


def _data(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8").partition("=")[2].rstrip(";\n"))


def search(site: Path, view: str, browser: Browser, count: int, seed: int = 1) -> Found:
    """Ask the page of a view for ``count`` random parts of its texts, of 2 to 12 characters.

    :param view: the folder of the view with a slash at its end: ``hans/``.
    """
    keys = keys_of(site, f"-{view[:-1]}" if view else "")
    texts = sorted(address for address, key in keys.items() if len(key) > 1)
    page = browser.new_page()
    page.goto((site / view / "search.html").absolute().as_uri())
    page.wait_for_function("window.SEARCH && SHARDS.state().id")
    draw = random.Random(seed)
    first, every, wrong = [], [], []
    for _ in range(count):
        key = keys[draw.choice(texts)]
        start = draw.randrange(len(key) - 1)
        words = key[start : start + draw.randrange(2, LONGEST + 1)]
        began, ended, found, number = page.evaluate(_ASK, words)
        wanted = sorted(address for address, key in keys.items() if words in key)
        if number != len(wanted) or (found != wanted if number <= KEPT else len(found) != KEPT):
            wrong.append(words)
        first += [began] if began is not None else []
        every.append(ended)
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used: float = session.send("Runtime.getHeapUsage")["usedSize"]
    page.close()
    return Found(view, len(keys), first, every, used / 1e6, wrong)


def _views(site: Path) -> Iterator[str]:
    """The folders of the views of a site with a large search."""
    for page in sorted(site.glob("**/search.html")):
        if re.search(r"assets/shards\.js", page.read_text(encoding="utf-8")):
            folder = page.parent.relative_to(site).as_posix()
            yield "" if folder == "." else f"{folder}/"


def main(arguments: list[str] | None = None) -> int:
    """Print what the pages of a site found; 1 if any found other passages than a plain scan."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description="measure a large search")
    parser.add_argument("site", type=Path, metavar="SITE", help="the folder of a site past 1,000 passages")
    parser.add_argument("--searches", type=int, default=1000, help="searches in each view (1000)")
    parser.add_argument("--seed", type=int, default=1, help="other searches (1)")
    options = parser.parse_args(arguments)
    views = list(_views(options.site))
    if not views:
        print(
            f"{options.site}: no view has a search in parts; it begins past 1,000 passages", file=sys.stderr
        )
        return 1
    wrong = 0
    with sync_playwright() as playwright:
        program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=list(_FLAGS))
        for view in views:
            found = search(options.site, view, browser, options.searches, options.seed)
            print(found, flush=True)
            wrong += len(found.wrong)
        browser.close()
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
