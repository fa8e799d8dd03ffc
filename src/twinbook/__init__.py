"""Twinbook: a register of a city's cooperation with its twin towns."""
