"""Words and languages: the vocabularies of dates, translations, and messages that are not yet in a language."""
