"""Reports that follow their files: made, served on this machine, made again when a file changes."""
