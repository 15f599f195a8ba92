"""What the worked example's codings teach the stance scorer, kept for corpora without codings.

    .venv/bin/python training/example.py

Reads the worked example, learns from all its codings of stance, and writes
``lib/cuttings/stance/example.npz``.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from cuttings import codings, load
from cuttings.corpus import open_corpus
from cuttings.stance import adapting, scoring
from cuttings.stance.resolving import Resolver

CORPUS = Path(__file__).resolve().parents[1] / "corpus"


def main() -> None:
    with tempfile.TemporaryDirectory() as out:
        load.read_corpus(CORPUS, out)
        coded = codings.read(CORPUS, "stance")
        learnt = scoring.learn(coded, out, Resolver(open_corpus(CORPUS).targets))
    adapting.store(learnt, scoring.EXAMPLE)
    print(learnt.tried.round(3).to_string(index=False))
    print(f"{learnt.way}, threshold {learnt.threshold:.2f}")


if __name__ == "__main__":
    main()
