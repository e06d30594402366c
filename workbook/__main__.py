"""``python -m workbook`` is the command ``workbook``."""

from workbook.commands.start import main

if __name__ == "__main__":
    main()
