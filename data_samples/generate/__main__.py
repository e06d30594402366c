"""Write the sample engagements: ``python -m data_samples.generate [--out FOLDER]``."""

import argparse
from pathlib import Path

from data_samples.generate import write_all


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the data files of the sample engagements.")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1])
    write_all.write_all(parser.parse_args().out)


main()
