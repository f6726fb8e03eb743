"""Linear regression by gradient descent with momentum: a training script with nothing but the standard library.

HyperSearch gives it hyperparameters as arguments and its job in the environment. All it has to do in return is
print one JSON object a line, and, where it can, keep a checkpoint, so that a job can go on where the last one ended.
"""
import argparse
import csv
import json
import os
import random
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("--learning-rate", type=float, required=True)
parser.add_argument("--momentum", type=float, required=True)
parser.add_argument("--l2", type=float, default=0.0)
parser.add_argument("--batch-size", type=int, default=32)
options = parser.parse_args()
target_epochs = int(os.environ.get("HYPERSEARCH_EPOCHS", "27"))
seed = int(os.environ.get("HYPERSEARCH_SEED", "1"))
checkpoint = Path(os.environ.get("HYPERSEARCH_CHECKPOINT_DIR", "."), "checkpoint.json")

with open(Path(__file__).parent.parent / "data" / "diabetes.csv", newline="") as file:
    rows = [[float(text) for text in row] for row in list(csv.reader(file))[1:]]
random.Random(0).shuffle(rows)  # the same split for every trial
train, dev = rows[:300], rows[300:]
columns = list(zip(*train))
means = [sum(column) / len(column) for column in columns]
deviations = [(sum((x - mean) ** 2 for x in column) / len(column)) ** 0.5 for column, mean in zip(columns, means)]


def standardized(table):
    return [[(x - mean) / deviation for x, mean, deviation in zip(row, means, deviations)] for row in table]


def error(row, weights):  # the last weight is the bias, the last column the target
    return sum(w * x for w, x in zip(weights, row[:-1])) + weights[-1] - row[-1]


train, dev = standardized(train), standardized(dev)
state = {"epoch": 0, "weights": [0.0] * len(train[0]), "velocity": [0.0] * len(train[0]), "dev_error": None}
if checkpoint.exists():
    state = json.loads(checkpoint.read_text())
    print(json.dumps({"epoch": state["epoch"], "dev_error": state["dev_error"]}), flush=True)

weights, velocity = state["weights"], state["velocity"]
for epoch in range(state["epoch"] + 1, target_epochs + 1):
    train.sort()
    random.Random(f"{seed}/{epoch}").shuffle(train)  # depends on the epoch alone, so going on is as good as going through
    for start in range(0, len(train), options.batch_size):
        batch = train[start:start + options.batch_size]
        errors = [error(row, weights) for row in batch]
        for i in range(len(weights)):
            slope = sum(e * (row[i] if i < len(row) - 1 else 1.0) for e, row in zip(errors, batch)) / len(batch)
            slope += options.l2 * weights[i] if i < len(weights) - 1 else 0.0
            velocity[i] = options.momentum * velocity[i] + (1 - options.momentum) * slope
            weights[i] -= options.learning_rate * velocity[i]
    dev_error = sum(error(row, weights) ** 2 for row in dev) / len(dev)
    print(json.dumps({"epoch": epoch, "dev_error": dev_error}), flush=True)
    replacement = checkpoint.with_suffix(".new")
    replacement.write_text(json.dumps({"epoch": epoch, "weights": weights, "velocity": velocity, "dev_error": dev_error}))
    os.replace(replacement, checkpoint)  # whole or not at all, whenever we are killed
