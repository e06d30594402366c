"""What a fork server imports that has to start at once."""

from .light_preload import preload

preload()
