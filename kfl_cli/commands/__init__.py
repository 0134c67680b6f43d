"""One module a command: options in, the core called, the result out, an exit code.

Only these know click, rich and the clock.
"""
