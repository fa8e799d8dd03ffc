"""The twinbook command's own commands: one file each, with its words for the parser and what it does."""
