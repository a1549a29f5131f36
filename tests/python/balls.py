"""A case for the tests: an image by whole numbers and a ball in it."""

import numpy as np


def ball(side=18, radius=6, dtype=np.int16):
    z, y, x = np.indices((side, side + 2, side + 4))
    image = ((7 * x * x + 3 * y * y + 5 * z + 11 * x * y) % 157 + 2 * x).astype(dtype)
    mask = (x - side // 2) ** 2 + (y - side // 2) ** 2 + (z - side // 2) ** 2 <= radius**2
    return image, mask.astype(np.uint8)
