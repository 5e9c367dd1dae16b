"""The editors' desk: what there is of each story, what is missing, and files changed where people look at them."""
