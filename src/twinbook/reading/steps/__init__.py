"""One step of reading, one file, one verb."""
