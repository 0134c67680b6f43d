"""The documentation: every command shown runs and prints what is shown; every rule, option and format is described.

In README and ``docs/`` a fenced block ``console`` is a session in a folder that holds the project's ``plan.yaml``: lines that
begin with ``$ `` are commands, what follows is their output, and a line ``…`` stands for any lines. A block ``yaml`` that
begins with ``kfl: 1`` is a plan without findings.
"""
