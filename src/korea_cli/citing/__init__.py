"""Citations: the sources of a report as CSL items, and the styles that word them."""
