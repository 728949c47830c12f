"""A second, separate working of the findings contract, for comparison with the product."""
