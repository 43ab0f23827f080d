"""Benchmarks: figures against honest yardsticks in the same run; ratios, never bare times."""
