"""What a disruption does, step by step: what stops, what that costs, why, and how it stands then."""
