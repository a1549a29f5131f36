"""radmill.extract_many: every case is a row, by threads and by processes."""

import unittest

import radmill
from balls import ball

FEW = {"featureClass": {"firstorder": ["Mean"], "glcm": ["Contrast"]}}


class Pickled:
    """An image that does something where it is unpickled."""

    def __init__(self, code):
        self.code = code

    def __fspath__(self):
        return "absent"

    def __reduce__(self):
        return exec, (self.code,)


KILLED = Pickled("import os; os.kill(os.getpid(), 9)")
GREEDY = Pickled("bytearray(1 << 30)")
HANGING = Pickled("import time; time.sleep(600)")


class Many(unittest.TestCase):
    def rows(self, cases, **more):
        return radmill.extract_many(cases, FEW, progress=False, **more)

    def test_rows_in_order(self):
        image, mask = ball()
        cases = [(image, mask), radmill.Case(image, mask, 2, "two"), {"image": image, "mask": 2 * mask,
                 "label": 2, "id": "three"}, ("absent.nii", mask), (image + 1, mask)]
        alone = self.rows(cases, jobs=1)
        self.assertEqual([r.id for r in alone], [0, "two", "three", 3, 4])
        self.assertEqual([r.state for r in alone], ["ok", "skipped", "ok", "skipped", "ok"])
        self.assertIn("label 2", alone[1].reason)
        self.assertIn("absent.nii", alone[3].reason)
        self.assertEqual(alone[0].features, alone[2].features)
        for rows in (self.rows(cases, jobs=4), self.rows(cases, jobs=2, isolate=True)):
            self.assertEqual([r[:4] for r in rows], [r[:4] for r in alone])

    def test_a_crash_is_one_row(self):
        image, mask = ball()
        rows = self.rows([(image, mask), (KILLED, mask), (image, mask)], isolate=True, jobs=1)
        self.assertEqual([r.state for r in rows], ["ok", "failed", "ok"])
        self.assertIn("SIGKILL", rows[1].reason)

    def test_time_and_memory(self):
        image, mask = ball()
        rows = self.rows([(HANGING, mask), (image, mask)], isolate=True, jobs=1, timeout_seconds=8)
        self.assertEqual([r.state for r in rows], ["failed", "ok"])
        self.assertIn("8 s", rows[0].reason)
        rows = self.rows([(GREEDY, mask), (image, mask)], isolate=True, jobs=1, memory_mb=1000)
        self.assertEqual([r.state for r in rows], ["failed", "ok"])
        self.assertIn("1000 MB", rows[0].reason)

    def test_wrong_use(self):
        image, mask = ball()
        for cases, more in (([3], {}), ([(image,)], {}), ([{"imag": image}], {}), ([], {"jobs": 0}),
                            ([], {"timeout_seconds": 3}), ([], {"settings": {"no": 1}})):
            with self.assertRaises(radmill.UsageError):
                radmill.extract_many(cases, **more)
        self.assertEqual(self.rows([]), [])


if __name__ == "__main__":
    unittest.main()
