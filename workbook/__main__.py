"""``python -m workbook`` is the command ``workbook``."""

from workbook.start import main

if __name__ == "__main__":
    main()
