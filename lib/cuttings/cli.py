"""The command line: ``cuttings report``, ``load``, ``check``, ``share`` and ``refresh``.

Wrong use ends with one line that names the mend and status 2, a failing notebook with one line and
status 1, Ctrl+C with status 130. Commands import what they need when they run, so help is at once there.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence

import cuttings
from cuttings.errors import CuttingsError, NotebookFailed, nearest

EXAMPLES = """examples:
  cuttings report                                     the worked example, into build/
  cuttings report --corpus ~/pages --out ~/pages-report
  cuttings report --corpus ~/pages --from 1997 --to 2003
  cuttings check ~/pages                              what is wrong with a folder, line by line
  cuttings load --corpus ~/pages --out ~/tables       reading alone: pages to tables
  cuttings share ~/pages --out ~/share                a copy without the texts, to pass on

'cuttings COMMAND --help' says more of each. A corpus is any folder of .txt, .html, .warc, .csv,
.jsonl or .parquet files, plain or gzipped; catalogue.csv, targets.toml and events.csv are optional."""

REPORT = """Read a corpus, execute every notebook over it and bind report.html.

OUT gets report.html, findings.json, tables/, figures/ and the executed notebooks. A run that fails or
is interrupted leaves what OUT held before; the next one goes on from the tables that are whole."""

REPORT_EXAMPLES = """examples:
  cuttings report --corpus ~/pages --out ~/pages-report
  cuttings report --corpus ~/pages --from 1997 --to 2003 --jobs 2
  cuttings report --corpus /data/pages --scheduler tcp://head-node:8786
  cuttings report -p year_from 1997                   any parameter of the notebooks by its name"""

CHECK = """Say what is wrong with a corpus folder, each problem with its file and line.

Ends with status 0 when nothing is wrong and with 1 when something is."""

SHARE = """Copy a corpus without its texts: ids, dates, checksums, codings, scores, and no words in order.

'cuttings report --corpus SHARE' finds on the copy what it finds on the corpus, sentence views excepted."""

REFRESH = """Execute the notebooks as they stand and store them in notebooks/, their figures in figures/.

For whoever changes the suite: stored outputs are what the tests compare a fresh run with."""


class OneLineParser(argparse.ArgumentParser):
    """A parser whose complaints are one line that names the nearest right word."""

    def error(self, message: str) -> None:
        choice = re.search(r"invalid choice: '(.*?)' \(choose from (.*)\)", message)
        if choice:
            known = [word.strip(" '") for word in choice[2].split(",")]
            message = f"unknown command {choice[1]!r}{nearest(choice[1], known)}"
        self.exit(2, f"{self.prog}: {message} ('{self.prog} --help' shows the way)\n")

    def unknown(self, words: Sequence[str]) -> None:
        """Complain of words that no option of this command takes."""
        options = [o for o in self._option_string_actions if o.startswith("--")]
        wrong = next((w for w in words if w.startswith("-")), words[0])
        self.error(f"unknown argument {wrong!r}{nearest(wrong.partition('=')[0], options)}")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    args, unknown = _parser().parse_known_args(argv)
    if unknown:
        args.parser.unknown(unknown)
    try:
        return args.command(args)
    except CuttingsError as error:
        return _say(error, 2)
    except NotebookFailed as error:
        return max(_say(line, 1) for line in str(error).splitlines())
    except KeyboardInterrupt:
        return _say(
            "interrupted; what was there before is untouched, and the same command goes on from here", 130
        )


def _parser() -> OneLineParser:
    raw = {"formatter_class": argparse.RawDescriptionHelpFormatter, "allow_abbrev": False}
    parser = OneLineParser(prog="cuttings", description=cuttings.__doc__, epilog=EXAMPLES, **raw)
    parser.add_argument("--version", action="version", version=f"cuttings {cuttings.__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    report = commands.add_parser(
        "report", help="the main job: a folder to a report", description=REPORT, epilog=REPORT_EXAMPLES, **raw
    )
    _places(report, "processes that work side by side (default: as many as there are cores)", None)
    report.add_argument("--from", dest="year_from", metavar="YEAR", help="first year shown (default: 2000)")
    report.add_argument("--to", dest="year_to", metavar="YEAR", help="last year shown (default: 2010)")
    report.add_argument(
        "-p",
        dest="given",
        nargs=2,
        action="append",
        default=[],
        metavar=("NAME", "VALUE"),
        help="a parameter of the notebooks; may be given several times",
    )
    report.add_argument("--force", action="store_true", help="run everything, whether it has changed or not")
    report.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="NOTEBOOK",
        help="run this notebook (such as 04) and what it needs; the others stay as they are",
    )
    report.add_argument(
        "--cell-limit", type=_whole, metavar="SECONDS", help="how long a cell may take (default: no limit)"
    )
    report.add_argument(
        "--crate", action="store_true", help="add ro-crate-metadata.json, which describes OUT to archives"
    )
    report.add_argument("--pdf", action="store_true", help="add report.pdf for print (takes a minute more)")
    report.set_defaults(command=_report, parser=report)

    load = commands.add_parser(
        "load",
        help="reading alone: pages to tables",
        **raw,
        description="Read a corpus: pages to OUT/tables/ (pages, items, voices, sentences).",
    )
    _places(load, "processes that read pages (default: 1)", 1)
    load.set_defaults(command=_load, parser=load)

    check = commands.add_parser("check", help="what is wrong with a corpus folder", description=CHECK, **raw)
    check.add_argument("folder", metavar="DIR", help="corpus folder")
    check.set_defaults(command=_check, parser=check)

    share = commands.add_parser("share", help="a copy without the texts", description=SHARE, **raw)
    share.add_argument("folder", metavar="DIR", help="corpus folder")
    share.add_argument("--out", metavar="SHARE", required=True, help="folder for the copy")
    share.set_defaults(command=_share, parser=share)

    refresh = commands.add_parser(
        "refresh",
        help="store executed notebooks and figures (for whoever changes the suite)",
        description=REFRESH,
        **raw,
    )
    refresh.set_defaults(command=_refresh, parser=refresh)
    return parser


def _places(parser: argparse.ArgumentParser, jobs: str, n_jobs: int | None) -> None:
    """The options that reading takes; a report has defaults for its places, since it is the main job."""
    named = parser.prog.endswith("report")
    corpus, out = (" (default: the worked example)", " (default: build/)") if named else ("", "")
    parser.add_argument(
        "--corpus", metavar="DIR", required=not named, help=f"folder of scraped pages{corpus}"
    )
    parser.add_argument(
        "--out",
        metavar="DIR",
        required=not named,
        default="build" if named else None,
        help=f"folder for the results{out}",
    )
    parser.add_argument("--jobs", type=_whole, default=n_jobs, metavar="N", help=jobs)
    parser.add_argument(
        "--scheduler", metavar="ADDRESS", help="Dask scheduler that reads pages, such as tcp://host:8786"
    )


def _whole(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"needs a whole number from 1, not {text!r}")
    return int(text)


def _report(args: argparse.Namespace) -> int:
    from pathlib import Path

    from cuttings import pipeline
    from cuttings.text import many

    given = [*args.given, *((n, v) for n in ("year_from", "year_to") if (v := getattr(args, n)) is not None)]
    names = [name for name, _ in given]
    if twice := next((n for n in names if names.count(n) > 1), None):
        raise CuttingsError(f"parameter {twice} is given twice; give it once")
    if args.pdf:
        from cuttings.report import pdf

        pdf.check()
    made = pipeline.run(
        args.corpus or pipeline.PROJECT / "corpus",
        Path(args.out),
        dict(given),
        args.jobs,
        args.scheduler,
        force=args.force,
        only=args.only,
        cell_limit=args.cell_limit,
        crate=args.crate,
    )
    if args.pdf:
        pdf.write(made.report.parent)
    elif made.run:
        made.report.with_suffix(".pdf").unlink(missing_ok=True)  # that of an earlier report
    print(
        f"{made.report}: {many(made.n_items, 'item')} from {many(made.n_pages, 'page')}; "
        f"{many(made.n_mended, 'page')} mended, {made.n_unread:,} not read, "
        f"{many(made.n_copies, 'copy', 'copies')} left out"
    )
    if made.outdated:
        print(f"left as an earlier run made them: {', '.join(made.outdated)}")
    elif not made.run:
        print("nothing has changed since it was made; --force makes it anew")
    return 0


def _load(args: argparse.Namespace) -> int:
    from pathlib import Path

    from cuttings import load, parameters

    parameters.check_folder(Path(args.corpus))
    load.read_corpus(args.corpus, args.out, jobs=args.jobs, scheduler=args.scheduler)
    print(f"{Path(args.out) / 'tables'}: pages, items, voices and sentences")
    return 0


def _check(args: argparse.Namespace) -> int:
    from pathlib import Path

    from cuttings import parameters
    from cuttings.check import check

    parameters.check_folder(Path(args.folder))
    found = check(args.folder)
    for problem in found.problems:
        print(problem)
    for note in found.mended:
        print(f"{note} (mended while reading: nothing to do)")
    for hint in found.hints:
        print(f"{hint} (a hint: nothing is wrong)")
    if not found.problems:
        print(f"nothing wrong: {found.n_files:,} page file{'' if found.n_files == 1 else 's'}")
    return 1 if found.problems else 0


def _share(args: argparse.Namespace) -> int:
    from pathlib import Path

    from cuttings import parameters, share

    parameters.check_folder(Path(args.folder))
    print(f"{share.make(args.folder, args.out)}: no words in order; check that you may pass on what it holds")
    return 0


def _refresh(args: argparse.Namespace) -> int:
    from cuttings import pipeline

    names = pipeline.refresh()
    print(
        f"stored {len(names)} executed notebooks in {pipeline.NOTEBOOKS} and their figures in {pipeline.FIGURES}"
    )
    return 0


def _say(message: object, status: int) -> int:
    print("cuttings: " + " ".join(str(message).split()), file=sys.stderr)
    return status
