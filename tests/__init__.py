"""The tests of kfl."""
