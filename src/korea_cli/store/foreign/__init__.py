"""Tables of others, such as GDELT, as those of a store: each query reads their files by views."""
