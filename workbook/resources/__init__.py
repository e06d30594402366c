"""What a diagnostic needs beside tables and options: code frames, human coding, benchmarks."""
