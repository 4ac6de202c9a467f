"""``python -m benchmarks``: measure, and write the results.  See ``docs/speed.md``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks import corpus, measure, peers, report, runner, sampling
from benchmarks.runner import Sample

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    found = peers.found(options.peers) if options.peers else []
    for name in sorted({"Hugo", "Pelican"} - {peer.name for peer in found}):
        print(f"{name} is not installed: it is left out")
    samples: list[Sample] = []

    def add(sample: Sample) -> None:
        samples.append(sample)
        seen = sample.measured
        print(
            f"{sample.works} works, {sample.step}, {sample.program}: {seen.cpu:.3f} s CPU, "
            f"{seen.wall:.3f} s, {seen.memory:.0f} MB, {seen.files} files",
            flush=True,
        )

    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        bench = runner.Bench(ROOT, Path(folder), found, add)
        try:
            for count in options.works:
                bench.invented(count, options.rounds, length=options.passages, steps=options.steps)
                _write(options, _with_kept(options, report.rows(samples)))
            parts: dict[str, dict[str, float]] = {}
            if options.repository:
                bench.repository(ROOT, options.rounds)
                parts = {"this edition": bench.parts(ROOT), "10 works": bench.parts_of_works(10)}
        except measure.Failed as failed:
            print(failed, file=sys.stderr)
            return 1
    _write(options, _with_kept(options, report.rows(samples)))
    if parts:
        _write_parts(options, sampling.table(parts))
    return 0


def _with_kept(options: argparse.Namespace, rows: list[report.Row]) -> list[report.Row]:
    """With the rows of earlier runs about other sizes.  Each size has its own import and peers."""
    earlier = options.out / "speed.json"
    if not (options.keep and earlier.exists()):
        return rows
    sizes = {row.works for row in rows}
    found = report.from_json(earlier.read_text(encoding="utf-8"))
    kept = [row for row in found if row.works not in sizes]
    return sorted([*kept, *rows], key=lambda row: row.works)


def _write(options: argparse.Namespace, rows: list[report.Row]) -> None:
    facts = report.machine()
    text = ", ".join(f"{name}: {value}" for name, value in facts.items())
    table = f"Medians. {text}.\n\n{report.table(rows)}"
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "speed.json").write_text(report.as_json(rows, facts), encoding="utf-8")
    (options.out / "speed.md").write_text(table, encoding="utf-8")
    (options.out / "speed.svg").write_text(report.picture(rows), encoding="utf-8")
    print(table)
    if options.docs:
        (ROOT / "docs/speed.svg").write_text(report.picture(rows), encoding="utf-8")
        for path, content in ((ROOT / "docs/speed.md", table), (ROOT / "README.md", report.short(rows))):
            path.write_text(report.replaced(path.read_text(encoding="utf-8"), content), encoding="utf-8")


def _write_parts(options: argparse.Namespace, table: str) -> None:
    (options.out / "parts.md").write_text(table, encoding="utf-8")
    print(table)
    if options.docs:
        path = ROOT / "docs/speed.md"
        text = path.read_text(encoding="utf-8")
        marks = report.BEGIN_PARTS, report.END_PARTS
        path.write_text(report.replaced(text, table, marks), encoding="utf-8")


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="measure the tool")
    parser.add_argument(
        "--works", type=int, nargs="*", default=[1, 10], help="the sizes of the corpora (1 10)"
    )
    parser.add_argument("--passages", type=int, default=corpus.PASSAGES, help="of each work (40)")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each step (5)")
    parser.add_argument("--peers", type=Path, help="a virtual environment with Hugo and Pelican")
    parser.add_argument(
        "--out", type=Path, default=ROOT / "build/bench", help="where the results go (build/bench)"
    )
    parser.add_argument(
        "--steps", nargs="+", choices=runner.STEPS, default=runner.STEPS, help="what is measured (everything)"
    )
    parser.add_argument(
        "--keep", action="store_true", help="keep the results of earlier runs about other sizes"
    )
    parser.add_argument(
        "--repository", action="store_true", help="also measure the project of this repository"
    )
    parser.add_argument("--docs", action="store_true", help="also write the README's table and docs/speed.*")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
