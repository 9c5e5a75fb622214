"""Measure one size on the store that the settings name, and print the figures as JSON."""

import asyncio
import sys
from dataclasses import asdict

import orjson

from benchmarks.analyses.measuring import measured

if __name__ == "__main__":
    sys.stdout.write(orjson.dumps(asdict(asyncio.run(measured()))).decode() + "\n")
