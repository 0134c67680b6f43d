"""Whether a version that is pinned has a known fault: pip-audit, and a loud word where its data cannot be reached."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.conftest import ROOT

UNREACHABLE = ("ConnectionError", "ServiceError", "Max retries", "Could not connect", "Temporary failure", "timed out")


def main() -> None:
    """Ask for both files of pins. Exit code 1 where there is a fault, or no answer that can be understood."""
    for name in ("run.txt", "dev.txt"):
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.json"
            command = [
                sys.executable,
                "-m",
                "pip_audit",
                "--require-hashes",
                "--disable-pip",
                "--progress-spinner",
                "off",
            ]
            asked = ["--requirement", str(ROOT / "requirements" / name), "--format", "json", "--output", str(report)]
            done = subprocess.run([*command, *asked], capture_output=True, text=True, check=False)
            if report.is_file() and report.stat().st_size:
                faulty = [each for each in json.loads(report.read_text())["dependencies"] if each.get("vulns")]
                print(f"audit: {name}: {len(faulty)} versions with known faults")
                for each in faulty:
                    print(f"  {each['name']} {each['version']}: {', '.join(fault['id'] for fault in each['vulns'])}")
                if faulty:
                    sys.exit(1)
            elif any(sign in done.stderr for sign in UNREACHABLE):
                print(f"AUDIT SKIPPED: {name}: the data on known faults cannot be reached from this machine")
            else:
                sys.exit(done.stderr)


if __name__ == "__main__":
    main()
