"""Notes of what functions do in Python workers, in a file that all of them append to."""

import os


class Journal:
    """Pickled into functions. Each line is one append, so lines of several processes do not mix."""

    def __init__(self, path):
        self.path = str(path)

    def write(self, *words):
        line = " ".join(str(word) for word in words) + "\n"
        file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, line.encode())
        finally:
            os.close(file)

    def first_time(self, key):
        """True for the first caller with this key, in any process; false from then on."""
        try:
            os.close(os.open(f"{self.path}.{key}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            return True
        except FileExistsError:
            return False

    def lines(self):
        """All complete lines, each as a list of words."""
        try:
            with open(self.path, encoding="utf-8") as file:
                return [line.split() for line in file if line.endswith("\n")]
        except FileNotFoundError:
            return []
