"""What the command line says and does: one module per command."""
