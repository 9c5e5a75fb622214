"""What partnerships bring: what they enable, whom they may add, and what that removes."""
