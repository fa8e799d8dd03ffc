"""The wiring: settings, addresses, the twinbook command; no rules."""
