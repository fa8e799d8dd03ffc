"""The steps of reading: one step, one file, one verb."""
