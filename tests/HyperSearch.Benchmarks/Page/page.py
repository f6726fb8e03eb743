"""Measures the live page: how soon it grows, how late an outcome is on it, what eight viewers cost, how much memory the server takes.

    python3 page.py HyperSearch.Cli.dll HyperSearch.Benchmarks.dll [start] [latency] [viewers] [memory] [--trials N]

Each figure is told with the machine's load: beside others only the medians and the shares of processor time mean something.
"""
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

SLOW = "time.sleep(0.25)"
SCRIPT = """import json, sys, time
for line in sys.stdin:
    job = json.loads(line)
    {pause}
    print(json.dumps({{"trial": job["trial"], "epoch": 1, "loss": job["params"]["x"], "ended": time.time()}}), flush=True)
    print(json.dumps({{"trial": job["trial"], "done": True}}), flush=True)
"""
SEARCH = """name: {name}
objective: {{command: [python3, {name}.py], protocol: worker}}
minimize: loss
space: {{x: {{uniform: [0, 1]}}}}
method: {{sampler: random, trials: 1000000, workers: 1, slots: 2}}
"""
MOMENT = re.compile(rb"1[789]\d{8}\.\d+")
KINDS = ["history", "slices", "plane", "curves", "parallel", "front", "contour", "distribution", "importance", "bias_variance", "rungs",
         "workers", "signals", "confusion", "boundary"]
TICKS = os.sysconf("SC_CLK_TCK")


def load():
    return open("/proc/loadavg").read().split()[0]


def processor_seconds(process):
    return sum(map(int, open(f"/proc/{process}/stat").read().rpartition(")")[2].split()[11:13])) / TICKS


def megabytes(process, field):
    return next(int(line.split()[1]) for line in open(f"/proc/{process}/status") if line.startswith(field)) >> 10


class Server:
    def __init__(self, command):
        self.process = subprocess.Popen(
            ["dotnet", command, "serve", "--port", "0", "--no-token"], stdout=subprocess.PIPE, stdin=subprocess.PIPE)
        address = self.process.stdout.readline().decode()
        self.port = int(re.search(r":(\d+)/", address).group(1))
        self.page = int(subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True).stdout.split()[0])

    def open(self, path):
        link = socket.create_connection(("127.0.0.1", self.port))
        link.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nConnection: close\r\n\r\n".encode())
        return link

    def read(self, path):
        with self.open(path) as link, link.makefile("rb") as answer:
            return len(answer.read())

    def events(self, name):
        """The lines of a campaign's events, from when there is one."""
        while True:
            link = self.open(f"/c/{name}/events")
            answer = link.makefile("rb")
            if b"200" in answer.readline():
                return link, answer
            link.close()
            time.sleep(0.02)

    def close(self):
        self.process.terminate()
        self.process.wait()


def run(command, name, pause):
    open(f"{name}.py", "w").write(SCRIPT.format(pause=pause))
    open(f"{name}.yaml", "w").write(SEARCH.format(name=name))
    return subprocess.Popen(
        ["dotnet", command, "run", f"{name}.yaml", "--plots", "none"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def end(campaign):
    campaign.terminate()
    campaign.wait()


def start(command):
    """From run in one terminal and serve in another to an outcome on the page."""
    taken = []
    for turn in range(5):
        began = time.time()
        campaign, server = run(command, f"start{turn}", SLOW), Server(command)
        _, lines = server.events(f"start{turn}")
        next(line for line in lines if MOMENT.search(line))
        taken.append(time.time() - began)
        end(campaign)
        server.close()
    print(f"start: an outcome on the page {statistics.median(taken):.2f} s after run and serve were called "
          f"(median of {len(taken)}; {min(taken):.2f} to {max(taken):.2f}), load {load()}", flush=True)


def latency(command):
    """From the end of a script to its outcome in a viewer's hands."""
    campaign, server = run(command, "latency", SLOW), Server(command)
    _, lines = server.events("latency")
    seen, late, is_first = set(), [], True
    for line in lines:
        now, moments = time.time(), {float(moment) for moment in MOMENT.findall(line)}
        late += [] if is_first else [now - moment for moment in moments - seen]
        is_first = is_first and not moments
        seen |= moments
        if len(late) >= 100:
            break
    late = sorted(late)[:100]
    print(f"latency: {1000 * statistics.median(late):.0f} ms, median of {len(late)}; 95th {1000 * late[94]:.0f}, "
          f"longest {1000 * late[-1]:.0f} ms, load {load()}", flush=True)
    end(campaign)
    server.close()


def viewers(command):
    """A campaign of fast trials, in turn with nobody and with eight viewers: trials a second, and processor time."""
    campaign, server = run(command, "viewers", "pass"), Server(command)
    server.events("viewers")[0].close()
    journal = next(os.path.join("results/viewers", name) for name in os.listdir("results/viewers") if name.startswith("journal"))
    rates, shares, own = {0: [], 8: []}, [], []
    for turn in range(10):
        count = 8 * (turn % 2)
        links = [server.events("viewers") for _ in range(count)]
        readers = [threading.Thread(target=drain, args=(lines,), daemon=True) for _, lines in links]
        for reader in readers:
            reader.start()
        began, size = time.time(), os.path.getsize(journal)
        took, owner = processor_seconds(server.page), processor_seconds(campaign.pid)
        time.sleep(10)
        seconds = time.time() - began
        rates[count].append((os.path.getsize(journal) - size) / seconds)
        if count:
            shares.append((processor_seconds(server.page) - took) / seconds)
            own.append((processor_seconds(campaign.pid) - owner) / seconds)
        for link, _ in links:
            link.shutdown(socket.SHUT_RDWR)
            link.close()
    slower = 1 - statistics.median(rates[8]) / statistics.median(rates[0])
    print(f"viewers: eight slow a campaign of fast trials by {100 * slower:.1f} % (medians of 5 and 5 turns of 10 s); the server takes "
          f"{100 * statistics.median(shares):.1f} % of a processor, the owner {100 * statistics.median(own):.0f} %, load {load()}", flush=True)
    end(campaign)
    server.close()


def drain(lines):
    try:
        while lines.readline():
            pass
    except (OSError, ValueError):
        pass  # its link was closed


def memory(command, benchmarks, trials):
    """What the server takes of memory with a large campaign."""
    subprocess.run(["dotnet", benchmarks, "scale", "random", str(trials), os.path.abspath("results/large")],
                   check=True, stdout=subprocess.DEVNULL)
    server = Server(command)
    told = []
    for what, look in [("list", lambda: server.read("/list")), ("a viewer", lambda: [server.events("large")]),
                       ("eight more", lambda: [server.events("large") for _ in range(8)]),
                       ("diagnosis", lambda: server.read("/c/large/insight")),
                       ("every picture", lambda: [server.read(f"/c/large/plots/{kind}.{form}") and None
                                                  for kind in KINDS for form in ("svg", "png", "json")] and None),
                       ("all trials by the API", lambda: server.read("/api/campaigns/large/trials"))]:
        held = look()
        for _, lines in held if isinstance(held, list) else []:
            while not lines.readline().startswith(b"data: "):  # a header has the word too
                pass
        told.append(f"{what} {megabytes(server.page, 'VmRSS')} (peak {megabytes(server.page, 'VmHWM')})")
    print(f"memory: {trials} trials, MB: {', '.join(told)}, load {load()}", flush=True)
    server.close()


def main(command, benchmarks, *wanted):
    trials = int(wanted[wanted.index("--trials") + 1]) if "--trials" in wanted else 100_000
    parts = {"start": lambda: start(command), "latency": lambda: latency(command), "viewers": lambda: viewers(command),
             "memory": lambda: memory(command, benchmarks, trials)}
    chosen = [name for name in parts if name in wanted] or list(parts)
    with tempfile.TemporaryDirectory(prefix="hypersearch-page-") as folder:
        os.chdir(folder)
        for name in chosen:
            parts[name]()


main(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), *sys.argv[3:])
