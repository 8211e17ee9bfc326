"""One question of a day each: a pack and plain names in, a figure, a frame and a sentence out."""
