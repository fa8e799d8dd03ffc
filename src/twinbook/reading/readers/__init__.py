"""The readers: each module declares one as READER (see reader.py)."""
