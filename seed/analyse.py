#!/usr/bin/env python
"""Prints the whole resilience picture of a target: the same as `graph-service analyse`, with the same arguments."""

import sys

from graph_service.cli import main

if __name__ == "__main__":
    sys.argv.insert(1, "analyse")
    main()
