"""Plans of the command line's tests, and a terminal to run kfl in."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conftest import ROOT
from tests.plans import plan_text

if TYPE_CHECKING:
    pass


PLAN = (ROOT / "plan.yaml").read_bytes()


SMALL = plan_text("""
- {id: samling, title: Samling, when: 2018-01-18, location: Hamar, responsible: [sepu], audience: [styrer]}
- {id: lese, title: Lese, when: januar 2018}
- {id: frist, title: Levere, when: senest 19.1.2018, status: tentative}
- {id: avlyst, title: Tur, when: 2018-03-01, status: cancelled}
""")


GOOD = plan_text("- {id: lese, title: Lese, when: januar 2018, responsible: [sepu, fmhe], audience: [styrer]}")


BROKEN = plan_text("- {id: a, title: A, when: høsst 2017}\n- {id: b, title: B, when: 8/9, location: ''}")


def in_a_terminal(folder: Path, arguments: list[str], columns: int = 100, **environment: str) -> str:
    """Return what kfl shows in a terminal of its own."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "kfl_cli", *arguments],
        cwd=folder,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**os.environ, "COLUMNS": str(columns), "TERM": "xterm-256color", **environment},
    )
    os.close(slave)
    pieces = []
    while select.select([master], [], [], 30)[0]:
        try:
            piece = os.read(master, 65536)
        except OSError:
            break
        if not piece:
            break
        pieces.append(piece)
    os.close(master)
    assert process.wait() in {0, 1}
    return b"".join(pieces).decode().replace("\r\n", "\n")
