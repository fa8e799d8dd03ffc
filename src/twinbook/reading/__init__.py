"""Reading: a page in, findings with evidence out; opens nothing."""
