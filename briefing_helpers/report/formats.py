"""Import nbformat without the second it can take.

jsonschema, which nbformat validates notebooks with, compiles a grammar of IRIs when it is imported,
where the package for it is installed. It is optional; no schema of nbformat's asks whether a string is
an IRI, and nbformat passes no format checker. So it is left out here, and only here: validation
of notebooks and outputs is whole.
"""

from __future__ import annotations

import sys

__all__ = ["nbformat"]

_GRAMMAR = "rfc3987_syntax"

_absent = _GRAMMAR not in sys.modules
if _absent:
    sys.modules[_GRAMMAR] = None  # type: ignore[assignment]  # Python's way to say: cannot be imported
try:
    import nbformat
finally:
    if _absent:
        del sys.modules[_GRAMMAR]
