"""The importers: one outside list, one file."""
