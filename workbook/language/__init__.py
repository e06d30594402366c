"""Words: texts in every language, numbers and plural forms, lemmas, spellings, characters."""
