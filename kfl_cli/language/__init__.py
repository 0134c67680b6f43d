"""The words kfl speaks: vocabularies, translations, and sentences that wait for their language."""
