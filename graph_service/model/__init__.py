"""The words everyone uses: kinds, ids, the world, frozen dataclasses."""
