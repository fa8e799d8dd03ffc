"""The memory: sources, queue, statements, records, history."""
