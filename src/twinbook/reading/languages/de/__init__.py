"""The pack of one language."""
