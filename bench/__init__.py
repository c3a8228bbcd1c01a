"""Benchmarks that anyone can run: `make bench`. Each states the figure that it must keep."""
