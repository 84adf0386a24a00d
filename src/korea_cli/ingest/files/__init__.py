"""Files as they are opened: what they are, and what is packed in them."""
