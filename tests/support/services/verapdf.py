"""veraPDF, the judge of PDF/A and PDF/UA that the makers of both standards keep, as one jar from Maven
Central."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.support.services.elasticsearch import BRIEF, find_java
from tests.support.services.maven import Fetched

VERSION = "1.28.2"
JAR = Fetched(
    name=f"veraPDF {VERSION}",
    coordinates=f"org.verapdf.apps:greenfield-apps:{VERSION}",
    file=f"verapdf-{VERSION}.jar",
    size="9 MB",
    sha256="687d4d8bcfec48c9f7e931cf78ed061f1eeccfba55d4cdc000ba9b4d8aa46ce6",
)
MAIN = "org.verapdf.apps.GreenfieldCliWrapper"
PROFILES: Mapping[str, str] = {"ua1": "PDF/UA-1", "2a": "PDF/A-2a"}


def find() -> tuple[Path, Path]:
    """The jar and a Java home. Raises Missing."""
    return JAR.find(), find_java()


def failures(files: Sequence[Path], *, timeout: float = 180) -> list[str]:
    """What veraPDF finds against PDF/UA-1 and PDF/A-2a in the files, a line for each rule that one breaks.

    Raises Missing without veraPDF, RuntimeError where it does not judge a file.
    """
    jar, java = find()
    found: list[str] = []
    for flavour, profile in PROFILES.items():
        done = subprocess.run(
            [java / "bin/java", *BRIEF, "-cp", jar, MAIN, "--flavour", flavour, "--format", "json", *files],
            capture_output=True,
            timeout=timeout,
            check=False,
        )
        try:
            jobs = json.loads(done.stdout)["report"]["jobs"]
            judged = [(job["itemDetails"]["name"], _results(job)) for job in jobs]
        except (ValueError, KeyError) as error:
            said = (done.stdout + done.stderr).decode(errors="replace")[-2000:]
            raise RuntimeError(f"veraPDF judged nothing ({error!r}):\n{said}") from None
        if len(judged) != len(files) or not all(results for _, results in judged):
            raise RuntimeError(f"veraPDF judged {len(judged)} of {len(files)} files.")
        for name, results in judged:
            for result in results:
                if not result["details"]["passedChecks"]:
                    raise RuntimeError(f"veraPDF checked nothing in {name}.")
                found += [
                    f"{profile}, {Path(name).name}: {_said(rule)}"
                    for rule in result["details"]["ruleSummaries"]
                ]
                if result["compliant"] != (not result["details"]["ruleSummaries"]):
                    raise RuntimeError(f"veraPDF contradicts itself about {name}.")
    return found


def _results(job: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What was found against the one profile; newer versions give a list of one."""
    result = job["validationResult"]
    return result if isinstance(result, list) else [result]


def _said(rule: Mapping[str, Any]) -> str:
    checks = rule.get("checks") or [{}]
    first = checks[0]
    return (
        f"{rule['clause']}-{rule['testNumber']} {rule['description']} ({rule['failedChecks']} times, "
        f"first {first.get('context')}: {first.get('errorMessage')})"
    )
