"""Kill the server while people write (assurance row 12)."""

import random
import threading
import time

from tests.soak.installation import Installation
from tests.soak.verdict import verdict

OPENS_AGAIN_WITHIN = 5.0  # seconds


def crash(made: Installation, writes: int, kills: int) -> str:
    """Kill -9 the server again and again while two people write; every acknowledged need stays."""
    made.start()
    made.sign_in()
    acknowledged: dict[str, str] = {}
    asked = 0
    opened: list[float] = []
    chance = random.Random(2020)
    lock = threading.Lock()
    is_open = threading.Event()
    is_open.set()
    done = threading.Event()

    def keep_writing(who: int) -> None:
        nonlocal asked
        while not done.is_set():
            is_open.wait()
            with lock:
                asked += 1
                title = f"Behov {who}-{asked} åäö"
            try:
                status, uid, _page = made.write(title)
            except OSError:
                continue  # nobody answered: not acknowledged
            with lock:
                if uid:
                    acknowledged[uid] = title
                elif status not in {503}:
                    raise RuntimeError(f"writing answers {status}")
                if len(acknowledged) >= writes:
                    done.set()

    writers = [threading.Thread(target=keep_writing, args=(n,), daemon=True) for n in (1, 2)]
    for writer in writers:
        writer.start()
    for kill in range(1, kills + 1):
        goal = writes * kill / (kills + 1)
        while len(acknowledged) < goal and any(writer.is_alive() for writer in writers):
            time.sleep(0.01)
        time.sleep(chance.random() * 0.2)
        made.kill()
        is_open.clear()
        opened.append(made.start())
        is_open.set()
    while not done.is_set() and any(writer.is_alive() for writer in writers):
        done.wait(0.2)
    for writer in writers:
        writer.join(timeout=60)
    made.kill()
    stored = made.titles()
    lost = [uid for uid, title in acknowledged.items() if stored.get(uid) != title]
    faults = made.faults()
    slowest = max(opened, default=0)
    passed = (
        not lost and not faults and len(acknowledged) >= writes and slowest <= OPENS_AGAIN_WITHIN
    )
    return verdict(
        passed,
        f"{len(acknowledged)} acknowledged of {asked} asked, {kills} times kill -9, "
        f"{len(lost)} lost, faults: {faults or 'none'}, open again after at most "
        f"{slowest:.1f} s",
    )
