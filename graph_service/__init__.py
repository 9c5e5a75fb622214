"""The graph service answers questions about technology alliances and the supply chains behind AI hardware."""

__version__ = "0.1.0"
