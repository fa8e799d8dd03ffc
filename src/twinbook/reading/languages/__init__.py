"""The language packs: one folder a language."""
