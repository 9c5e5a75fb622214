"""The tests; they mirror the modules of graph_service."""
