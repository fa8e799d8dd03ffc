"""The desk's views, one file a room."""
