"""`check`: whether fact files, or the store's facts, keep the rules, and what they leave to be desired."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from typing import TYPE_CHECKING

from graph_service.facts.check import Severity, findings
from graph_service.facts.crosscheck import problems_of
from graph_service.facts.files import read_folder
from graph_service.facts.stored import read_store
from graph_service.model.world import today
from graph_service.settings import read_settings
from graph_service.store.opening import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from graph_service.facts.bundle import Bundle


def check(directory: Path | None) -> int:
    """Print broken rules to stderr and findings to stdout, one a line; end with a count per rule.

    Gives 1 when a rule is broken or a finding makes answers wrong (severity HIGH), else 0. A folder is checked by
    itself: a reference to something that only the store has is a broken rule here.
    """
    bundle = read_folder(directory) if directory else asyncio.run(_stored())
    problems = problems_of(bundle)
    found = findings(bundle, today())
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    for finding in found:
        sys.stdout.write(f"{finding.severity}\t{finding.rule}\t{finding.entity}\t{finding.message}\n")
    for (severity, rule), count in sorted(Counter((each.severity, each.rule) for each in found).items()):
        sys.stderr.write(f"{count:6} {severity} {rule}\n")
    sys.stderr.write(f"{len(problems)} broken rules, {len(found)} findings in {bundle.row_count} rows\n")
    return 1 if problems or any(each.severity is Severity.HIGH for each in found) else 0


async def _stored() -> Bundle:
    async with open_store(read_settings()) as store:
        return await read_store(store)
