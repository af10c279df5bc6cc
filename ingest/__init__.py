"""Bytes to documents: which kind of file it is, how to open it safely, and what stands on its pages."""
