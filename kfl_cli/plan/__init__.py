"""From the bytes of plan.yaml to a plan: typed values, each with its place in the file."""
