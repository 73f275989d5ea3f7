"""What reviews say on the first page of the office."""
