"""The index of data files that is kept between runs, and whether it is still valid."""
