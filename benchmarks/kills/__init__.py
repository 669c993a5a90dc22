"""Changes and builds that are killed, or find the disk full, and what is left of the library."""
