"""What a stress test solves: flows, and linear programs where flows do not settle."""
