#!/usr/bin/env python
"""Loads fact files into the store: the same as `graph-service seed`, with the same arguments."""

import sys

from graph_service.cli import main

if __name__ == "__main__":
    sys.argv.insert(1, "seed")
    main()
