"""A page in, findings with evidence out; pure. The door: `pipeline.read_page`."""
