"""The invented pages of HTML as plain text, as other tools leave them (``tests/load/scraped/dumps.jsonl.gz``).

    python training/dumps.py tests/load/scraped

Scrapers seldom keep HTML, and each tool leaves a page in its own way. Needs what the suite itself does not: the programs
``lynx`` and ``w3m``, and from PyPI ``beautifulsoup4``, ``html2text``, ``inscriptis`` and ``resiliparse``. A line each: the
page, the tool and the text. What a page holds stands in its ``NN.json``, whatever the tool.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import html2text
import inscriptis
from bs4 import BeautifulSoup
from resiliparse.extract.html2text import extract_plain_text


def main() -> None:
    folder = Path(sys.argv[1])
    rows = [
        {"page": file.stem, "tool": tool, "text": text}
        for file in sorted(folder.glob("*.html"))
        for tool, text in dumps(file)
    ]
    with gzip.GzipFile(folder / "dumps.jsonl.gz", "wb", mtime=0) as out:
        out.write("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode())


def dumps(file: Path):
    """The text of a page by each tool."""
    soup = BeautifulSoup(file.read_bytes(), "lxml")
    for element in soup(["script", "style", "noscript"]):
        element.decompose()
    html = str(soup)
    yield "beautifulsoup", soup.get_text("\n", strip=True)
    yield "beautifulsoup, lines kept", soup.get_text("\n")
    yield "resiliparse", extract_plain_text(html)
    yield "html2text", html2text.html2text(html)
    yield "inscriptis", inscriptis.get_text(html)
    yield "lynx", _of("lynx", "-dump", "-nolist", "-display_charset=utf-8", str(file))
    yield "w3m", _of("w3m", "-dump", "-O", "UTF-8", str(file))


def _of(*command: str) -> str:
    return subprocess.run(command, capture_output=True, timeout=60, check=True).stdout.decode(
        "utf-8", "replace"
    )


if __name__ == "__main__":
    main()
