"""The voice: what the public may see, and everything made of it."""
