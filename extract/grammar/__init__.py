"""The words a document type is written in: fields, tables, identities. Everything else follows from the declaration.

A type is a class in ``extract/types``; being there is being registered. Its kinds are descriptors: on the class they are the
specification, on a reading they are the values. A declaration that could not work is refused when it is defined.
"""

from __future__ import annotations

from extract.grammar.declared import Fieldset, Rows, Table
from extract.grammar.identities import Bearing, Identity, Weigh, identity, plain
from extract.grammar.reading import Anchors, Reading, as_text, columns_of, set_value, value_at

__all__ = [
    "Anchors",
    "Bearing",
    "Fieldset",
    "Identity",
    "Reading",
    "Rows",
    "Table",
    "Weigh",
    "as_text",
    "columns_of",
    "identity",
    "plain",
    "set_value",
    "value_at",
]
