"""The words that all rooms share: data, values and their loader."""
