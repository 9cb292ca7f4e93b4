"""What strangers can make slow: latency of /support and memory of the program while each load runs.

    python3 tests/load/strangers.py PROGRAM [PROGRAM…]

Each program is started on loopback, on a database of its own with 200,000 entries of the audit log, and
stopped again. Loads are bounded in count and time. Prints a table, and fails if help takes longer than 100 ms
under one of them; PEOPLE and DEPTH in the environment say how large a roster is previewed. Needs nothing but
Python and Linux.
"""

import asyncio
import hashlib
import os
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from installation import Installation

ENTRIES = 200_000
# How long /support may take, whatever else is asked for, but for one time in a hundred. Unit: ms.
MOST = 100
ADA = "Org,,Ada,ada@example.org,admin;hr;privacy"


class Site(Installation):
    def __init__(self, program):
        super().__init__(program, [ADA, *(f"Team {at // 20},Org,P {at},p{at}@example.org,staff" for at in range(200))])
        self.fill()
        self.cookie, self.csrf = self.session("ada@example.org")
        self.start()

    def fill(self):
        """A year of looking at results, each entry bound to the one before it."""
        db = self.database()
        people = [it[0] for it in db.execute("SELECT id FROM people")]
        self.unit = db.execute("SELECT unit FROM unit_placements WHERE parent IS NULL").fetchone()[0]
        # The import may have written entries of its own.
        last = db.execute("SELECT seq, hash FROM audit_log ORDER BY seq DESC LIMIT 1").fetchone()
        first, before = (last[0] + 1, last[1]) if last else (1, bytes(32))
        now = int(time.time())
        rows = []
        for at in range(ENTRIES):
            moment, seq = now - (ENTRIES - at) * 150, first + at
            what = [people[at % len(people)], "results.view", "unit 1"]
            bound = b"tideline-audit-v1" + before + seq.to_bytes(4, "big") + moment.to_bytes(8, "big")
            bound += b"".join(len(it).to_bytes(8, "big") + it.encode() for it in what)
            after = hashlib.sha256(bound).digest()
            rows.append((seq, time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(moment)), *what, before, after))
            before = after
        db.executemany("INSERT INTO audit_log (seq, at, actor, action, subject, prev, hash) VALUES (?,?,?,?,?,?,?)", rows)
        db.commit()
        db.close()


async def request(port, head, body=b"", wait=60):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(head.encode() + body)
        await writer.drain()
        answer = await asyncio.wait_for(reader.read(), wait)
        return int(answer.split(b" ", 2)[1]) if answer else 0
    except (OSError, asyncio.TimeoutError, ValueError, IndexError):
        return 0
    finally:
        writer.close()


def head(method, path, port, length=0, more=""):
    return (
        f"{method} {path} HTTP/1.1\r\nhost: localhost:{port}\r\norigin: http://localhost:{port}\r\n"
        f"sec-fetch-site: same-origin\r\nconnection: close\r\ncontent-length: {length}\r\n{more}\r\n"
    )


FORM = "content-type: application/x-www-form-urlencoded\r\n"


async def log(site):
    return await asyncio.gather(*(request(site.app, head("GET", "/privacy/log", site.app)) for _ in range(20)))


async def audit(site):
    cookie = f"cookie: {site.cookie}\r\n"
    paths = ["/admin/audit", "/admin/audit?role=privacy", "/admin/audit?from=2020-01-01&to=2020-01-02"]
    asks = (request(site.app, head("GET", paths[at % 3], site.app, 0, cookie)) for at in range(30))
    return await asyncio.gather(*asks)


async def asked(site):
    out = []
    unit = site.unit
    for batch in range(20):
        paths = [f"/team/{unit}?asked=made-up-{batch * 50 + at}" for at in range(50)]
        cookie = f"cookie: {site.cookie}\r\n"
        out += await asyncio.gather(*(request(site.app, head("GET", it, site.app, 0, cookie)) for it in paths))
    return out


async def passwords(site):
    body = b"email=ada%40example.org&password=wrong+password+of+a+stranger"
    it = head("POST", "/sign-in", site.app, len(body), FORM)
    return await asyncio.gather(*(request(site.app, it, body) for _ in range(300)))


async def bodies(site):
    """Seconds until the last of 400 slow bodies was closed; 30 if some never were."""
    async def one(port, path):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head("POST", path, port, 900, FORM).encode() + b"e")
        began = time.monotonic()
        while time.monotonic() - began < 30:
            try:
                if not await asyncio.wait_for(reader.read(4096), 1) and reader.at_eof():
                    break
            except asyncio.TimeoutError:
                pass
            except OSError:
                break
            try:
                writer.write(b"e")
                await writer.drain()
            except OSError:
                break
        writer.close()
        return time.monotonic() - began

    sides = [(site.app, "/sign-in"), (site.ballot, "/redeem")]
    took = await asyncio.gather(*(one(*sides[at % 2]) for at in range(400)))
    return [f"{sum(it >= 30 for it in took)} of 400 open after 30 s, the last closed after {max(took):.0f} s"]


async def preview(site):
    rows = ["unit,parent,name,email,role", ADA]
    rows += [f"Team {at // 20},Org,P {at},p{at}@example.org,staff" for at in range(PEOPLE)]
    rows += [f"Deep {at},{'Org' if at == 0 else f'Deep {at - 1}'},,," for at in range(DEPTH)]
    mark = "----tideline"
    parts = [("csrf", site.csrf), ("roster", "\n".join(rows) + "\n")]
    body = "".join(
        f'--{mark}\r\ncontent-disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in parts
    )
    body = (body + f"--{mark}--\r\n").encode()
    more = f"cookie: {site.cookie}\r\ncontent-type: multipart/form-data; boundary={mark}\r\n"
    return [await request(site.app, head("POST", "/admin/people/preview", site.app, len(body), more), body, 300)]


PEOPLE = int(os.environ.get("PEOPLE", "80000"))
DEPTH = int(os.environ.get("DEPTH", "1000"))
LOADS = {"nothing": None, "20 public logs": log, "30 pages of the audit log": audit, "1,000 series": asked, "300 passwords": passwords,
         "400 slow bodies": bodies, f"preview of {PEOPLE:,} people": preview}


async def measure(site, load):
    """Latency of /support in ms, memory in MB, seconds, and what came of the load."""
    done = asyncio.Event()
    peak, waits = site.memory(), []

    async def probe():
        nonlocal peak
        while not done.is_set() or len(waits) < 20:
            began = time.perf_counter()
            status = await request(site.app, head("GET", "/support", site.app))
            waits.append((time.perf_counter() - began) * 1000 if status == 200 else float("inf"))
            peak = max(peak, site.memory())
            await asyncio.sleep(0.05)

    probing = asyncio.create_task(probe())
    began = time.monotonic()
    result = await load(site) if load else []
    seconds = time.monotonic() - began
    done.set()
    await probing
    waits.sort()
    return waits[len(waits) // 2], waits[int(len(waits) * 0.99)], waits[-1], peak, seconds, result


def main():
    slow = []
    print("| program | load | /support median, p99, worst (ms) | memory (MB) | load took (s) | came of it |")
    print("|---|---|---|---|---|---|")
    for program in sys.argv[1:]:
        site = Site(program)
        try:
            for name, load in LOADS.items():
                median, p99, worst, peak, seconds, result = asyncio.run(measure(site, load))
                said = {it: result.count(it) for it in sorted(set(result), key=str)}
                print(f"| {pathlib.Path(program).name} | {name} | {median:.0f}, {p99:.0f}, {worst:.0f} | {peak} | {seconds:.1f} | {said} |", flush=True)
                if p99 > MOST:
                    slow.append(f"{program}: /support took {p99:.0f} ms during {name}")
        finally:
            site.stop()
    sys.exit("\n".join(slow) or 0)


main()
