"""Figures, never timed tests: each module prints ratios against a named peer, or a figure against its target, in one run."""
