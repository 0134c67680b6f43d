"""Coverage-guided fuzzing by atheris, for a bounded time: ``python -m tests.fuzz [SECONDS] [TARGET …]``.

What it finds is kept in ``found/``, beside the corpus; move it to the corpus when it is mended.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
TARGETS = ("source", "plan", "dates", "line", "ledger", "theme")
_ONE = """
import sys
import atheris
with atheris.instrument_imports(include=["kfl_cli"]):
    from tests.fuzz.promises import TARGETS
target = TARGETS[sys.argv.pop(1)]
atheris.Setup(sys.argv, lambda data: target(data))
atheris.Fuzz()
"""


def fuzz(target: str, seconds: int) -> int:
    """Fuzz one target; return an exit code."""
    found, corpus = HERE / "found" / target, HERE / "corpus" / target
    found.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as new:
        bounds = [f"-max_total_time={seconds}", "-max_len=4096", "-timeout=25", "-rss_limit_mb=4096", "-verbosity=0"]
        places = [f"-artifact_prefix={found}/", new, str(corpus)]
        done = subprocess.run(
            [sys.executable, "-c", _ONE, target, *bounds, "-print_final_stats=1", *places], check=False
        )
    return done.returncode


def main() -> None:
    """Fuzz the targets that are named, else all."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    codes = {target: fuzz(target, seconds) for target in sys.argv[2:] or TARGETS}
    print("\n".join(f"{target}: {'nothing found' if code == 0 else 'see found/'}" for target, code in codes.items()))
    sys.exit(any(codes.values()))


if __name__ == "__main__":
    main()
