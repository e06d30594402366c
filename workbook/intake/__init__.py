"""The only reader of client files: text first, typed by schema and locale, every problem named."""
