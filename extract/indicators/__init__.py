"""Indicators: pure functions over what papers say, each with its inputs, its quality and, where it has no value, the reason.

A family is one file in this folder; being there is being registered. ``compute`` takes one paper or all papers of a customer.
"""

from extract.indicators.frame import DEFINITIONS, Definition, compute, definitions

__all__ = ["DEFINITIONS", "Definition", "compute", "definitions"]
