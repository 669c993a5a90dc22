"""What is learnt of documents once, when they come into the index, and looked up afterwards."""
