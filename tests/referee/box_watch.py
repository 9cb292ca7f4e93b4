"""Copies ballot boxes again and again, without a key, and tries to tell how many answered and when.

    python3 box_watch.py SCENE.json

SCENE.json: {"boxes": [{"path": …, "people": …, "visits": [[from, to], …]}, …], "every": seconds between two
copies, "for": seconds, "exchange": mean seconds between two changes that nobody made, as documented}. `visits`
are what somebody who reads the database knows: from when to when, in seconds since the start, one person may
have been here. Prints one JSON object: for each box `answered`, a guess of how many did, and `visits`, for each
visit whether that person answered then; and how many copies could be read.

It shares no code with the product: it reads SQLite's files, and compares what is in one copy with the next.
"""

import json
import shutil
import sqlite3
import sys
import tempfile
import time
from pathlib import Path


def contents(copy):
    """Slot to row, and the nullifiers, of a copy; None if it was taken in the middle of a write."""
    try:
        connection = sqlite3.connect(f"file:{copy}?immutable=1", uri=True)
        try:
            rows = dict(connection.execute("SELECT slot, row FROM spool"))
            spent = {it for (it,) in connection.execute("SELECT nullifier FROM spent")}
        finally:
            connection.close()
    except sqlite3.Error:
        return None
    return (rows, spent) if len(rows) == len(spent) else None


class Box:
    def __init__(self, about):
        self.about = about
        self.before = None
        self.copies = 0
        self.grown = 0
        # Seconds since the start, once for each row that is not the one of the copy before.
        self.changes = []

    def look(self, folder, at):
        copy = folder / "copy.sqlite"
        try:
            shutil.copyfile(self.about["path"], copy)
        except OSError:
            return
        now = contents(copy)
        if now is None:
            return
        self.copies += 1
        if self.before is not None:
            rows, old = now[0], self.before[0]
            self.grown += len(rows) - len(old)
            changed = sum(1 for slot, row in rows.items() if old.get(slot) != row)
            self.changes += [at] * changed
        self.before = now

    def expected(self, exchange, seconds):
        """Changes that nobody made, if there are any at all."""
        return 0.0 if self.grown == len(self.changes) and self.grown > 0 else seconds / exchange

    def verdict(self, exchange, seconds):
        people = self.about["people"]
        surplus = len(self.changes) - self.expected(exchange, seconds)
        answered = min(max(round(surplus), 0), people)
        visits = []
        # What happens on this box on average, whoever it was; 0 if everything is somebody.
        rate = len(self.changes) / seconds if self.expected(exchange, seconds) else 0.0
        for start, end in self.about["visits"]:
            seen = sum(1 for it in self.changes if start <= it <= end)
            # Of a Poisson number with this mean, and the same with one more: where the second is likelier.
            visits.append(seen > rate * (end - start))
        return {"answered": answered, "visits": visits, "changes": len(self.changes), "grown": self.grown}


def main():
    scene = json.loads(Path(sys.argv[1]).read_text())
    boxes = [Box(it) for it in scene["boxes"]]
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for box in boxes:
            box.look(folder, 0.0)
        print("watching", flush=True)
        start = time.monotonic()
        turn = 0
        while True:
            turn += 1
            time.sleep(max(0.0, start + turn * scene["every"] - time.monotonic()))
            at = time.monotonic() - start
            for box in boxes:
                box.look(folder, at)
            if at >= scene["for"]:
                break
    print(json.dumps({
        "boxes": [it.verdict(scene["exchange"], scene["for"]) for it in boxes],
        "copies": sum(it.copies for it in boxes),
    }))


if __name__ == "__main__":
    main()
