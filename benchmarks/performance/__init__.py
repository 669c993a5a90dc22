"""Every benchmark of speed and size, run one after another, and one report of them."""
