"""How good predictions are, and how far what they are made from has moved; asked in training and while serving."""
