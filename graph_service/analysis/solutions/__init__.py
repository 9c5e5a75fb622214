"""Solutions: smallest sets of offers that keep a target unfailed, and how the best of them are found."""
