"""The sample register: Irkutsk with its partners; true facts with their sources, made-up ones marked "sample"."""
