"""kfl: one plan file, checked and rendered for each of its readers.

``pipeline.py`` is the file to read first: it takes the bytes of a plan through all stages. The rooms, each importing
only from those before it:

- ``text/``, ``machine/``, ``language/``: strings, the system, the words kfl speaks; none knows another
- ``findings/``: what can be said of a file, the rules, their reports
- ``dates/``: what stands under ``when:``, and the days it means
- ``plan/``: from the bytes of a plan file to a plan
- ``schedule/``: the plan in days, and what can be asked of it
- ``releases/``: what readers have been given, and what changed for them
- ``checks/`` and ``exports/``: rules for the plan in days; a schedule to bytes
- ``commands/``: options in, the core called, the result out; only they know click, rich and the clock
"""

__version__ = "0.2.0"
