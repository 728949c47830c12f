"""Parts of the maker of edge councils: invented children set on the edges of the rules."""
