"""What the segmentation matrix needs beside the tables: nothing so far."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """No files of its own."""
