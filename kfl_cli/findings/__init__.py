"""What can be said of a file: a place, a rule, a message, a remedy; and how that is reported."""
