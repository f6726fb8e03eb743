"""Other frameworks on the speed benchmark's workloads. Usage: peers.py torch|sklearn|numpy

Tells its name and BLAS as {"name": …}. Then reads one request a line, {"sizes": [64, 32, 10], "batch": 32, "regularized": false, "seconds": 0.25}, trains that network (relu, softmax
cross-entropy, Adam at 0.001, float32, one thread; regularized: batch norm and dropout that keeps 0.8) for so long, and answers
{"rate": samples per second of CPU time} or {"rate": null} where the framework cannot express it.
"""
import functools
import json
import os
import statistics
import sys
import time
import warnings

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
ROWS, KEEP = 4096, 0.8


def batches(batch):
    """The starts of mini-batches, in order, for ever."""
    while True:
        yield from range(0, ROWS, batch)


def median_rate(step, batch, seconds):
    """The median over slices of about 8 ms, each of as many steps as fill it: how the benchmark measures its own trainer."""
    steps = 1
    while timed(step, steps) < 0.008:
        steps *= 2
    rates, end = [], time.process_time() + seconds
    while time.process_time() < end or len(rates) < 5:
        rates.append(steps * batch / timed(step, steps))
    return statistics.median(rates)


def timed(step, steps):
    start = time.process_time()
    for _ in range(steps):
        step()
    return time.process_time() - start


@functools.cache
def torch_step(sizes, batch, regularized):
    import torch
    from torch import nn

    torch.set_num_threads(1)
    torch.manual_seed(0)
    layers = []
    for i, (inputs, outputs) in enumerate(zip(sizes, sizes[1:])):
        layers.append(nn.Linear(inputs, outputs))
        if i < len(sizes) - 2:
            layers += [nn.BatchNorm1d(outputs)] if regularized else []
            layers.append(nn.ReLU())
            layers += [nn.Dropout(1 - KEEP)] if regularized else []
    network, loss = nn.Sequential(*layers), nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
    x, y, starts = torch.randn(ROWS, sizes[0]), torch.randint(0, sizes[-1], (ROWS,)), batches(batch)

    def step():
        i = next(starts)
        optimizer.zero_grad(set_to_none=True)
        loss(network(x[i:i + batch]), y[i:i + batch]).backward()
        optimizer.step()

    return step


def torch_rate(sizes, batch, regularized, seconds):
    return median_rate(torch_step(sizes, batch, regularized), batch, seconds)


@functools.cache
def sklearn_fit(sizes, batch):
    """A fit by number of epochs, and the seconds of CPU that an epoch takes."""
    import numpy
    from sklearn.neural_network import MLPClassifier

    warnings.filterwarnings("ignore")
    random = numpy.random.default_rng(0)
    x, y = random.standard_normal((ROWS, sizes[0]), dtype=numpy.float32), random.integers(0, sizes[-1], ROWS)

    def fit(epochs):
        MLPClassifier(sizes[1:-1], solver="adam", alpha=0, batch_size=batch, max_iter=epochs, tol=0, n_iter_no_change=10**9, random_state=0).fit(x, y)

    fit(1)
    return fit, timed(lambda: fit(1), 1)


def sklearn_rate(sizes, batch, regularized, seconds):
    if regularized:
        return None
    fit, epoch = sklearn_fit(sizes, batch)
    epochs = max(1, round(seconds / epoch))
    return epochs * ROWS / timed(lambda: fit(epochs), 1)


@functools.cache
def numpy_step(sizes, batch, regularized):
    """The course's own equations, vectorized by hand, rows as examples."""
    import numpy as np

    f, random, layers = np.float32, np.random.default_rng(0), range(len(sizes) - 1)
    x, labels, starts = random.standard_normal((ROWS, sizes[0]), dtype=f), random.integers(0, sizes[-1], ROWS), batches(batch)
    learned = {}
    for l in layers:
        learned["w", l] = random.standard_normal((sizes[l], sizes[l + 1]), dtype=f) * f(np.sqrt(2 / sizes[l]))
        learned["b", l] = np.zeros(sizes[l + 1], f)
        if regularized and l < layers[-1]:
            learned["gamma", l] = np.ones(sizes[l + 1], f)
    first, second = ({k: np.zeros_like(v) for k, v in learned.items()} for _ in range(2))
    t = 0

    def hidden(z, l):
        kept = {}
        if regularized:
            z = z - z.mean(0)
            kept["inverse"] = 1 / np.sqrt((z * z).mean(0) + f(1e-5))
            kept["hat"] = z * kept["inverse"]
            z = learned["gamma", l] * kept["hat"] + learned["b", l]
        a = np.maximum(z, 0)
        if regularized:
            kept["mask"] = (random.random(a.shape, dtype=f) < f(KEEP)) / f(KEEP)
            a = a * kept["mask"]
        return a, kept

    def hidden_gradient(d, a, kept, l, gradients):
        if not regularized:
            return d * (a > 0)
        d = d * kept["mask"] * (a > 0)
        gradients["gamma", l], gradients["b", l] = (d * kept["hat"]).sum(0), d.sum(0)
        mean = (gradients["b", l] + kept["hat"] * gradients["gamma", l]) / f(batch)
        return learned["gamma", l] * kept["inverse"] * (d - mean)

    def step():
        nonlocal t
        i, t = next(starts), t + 1
        activations, caches, gradients = [x[i:i + batch]], [], {}
        for l in layers:
            z = activations[l] @ learned["w", l]
            z = z if ("gamma", l) in learned else z + learned["b", l]
            if l < layers[-1]:
                a, kept = hidden(z, l)
                activations.append(a)
                caches.append(kept)
        e = np.exp(z - z.max(1, keepdims=True))
        d = e / e.sum(1, keepdims=True)
        d[np.arange(batch), labels[i:i + batch]] -= 1
        d /= f(batch)
        for l in reversed(layers):
            if l < layers[-1]:
                d = hidden_gradient(d, activations[l + 1], caches[l], l, gradients)
            gradients["w", l] = activations[l].T @ d
            gradients.setdefault(("b", l), d.sum(0))
            d = d @ learned["w", l].T if l else d
        rate = f(1e-3 * np.sqrt(1 - .999 ** t) / (1 - .9 ** t))
        for k, g in gradients.items():
            first[k] += f(.1) * (g - first[k])
            second[k] += f(.001) * (g * g - second[k])
            learned[k] -= rate * first[k] / (np.sqrt(second[k]) + f(1e-8))

    return step


def numpy_rate(sizes, batch, regularized, seconds):
    return median_rate(numpy_step(sizes, batch, regularized), batch, seconds)


def blas():
    """The BLAS that the framework multiplies with, and the processor it is compiled for. Against the reference BLAS any trainer would look fast."""
    from threadpoolctl import threadpool_info

    for library in threadpool_info():
        if library["user_api"] == "blas":
            return f"{library['internal_api']} {library['version']} {library.get('architecture', '')}".rstrip()
    sys.exit("multiplies with the slow reference BLAS")


if __name__ == "__main__":
    rate = {"torch": torch_rate, "sklearn": sklearn_rate, "numpy": numpy_rate}[sys.argv[1]]
    framework = __import__(sys.argv[1])
    print(json.dumps({"name": f"{sys.argv[1]} {framework.__version__}, {blas()}"}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps({"rate": rate(tuple(request["sizes"]), request["batch"], request["regularized"], request["seconds"])}), flush=True)
