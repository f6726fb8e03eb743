"""Logistic regression that tells a handwritten 1 from an 8: a training script with nothing but the standard library.

HyperSearch gives it hyperparameters as arguments and its job in the environment. All it has to do in return is
print one JSON object a line, and, where it can, keep a checkpoint, so that a job can go on where the last one ended.
"""
import argparse
import csv
import json
import math
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

with open(Path(__file__).parent.parent / "data" / "digits.csv", newline="") as file:
    digits = [[float(text) for text in row] for row in list(csv.reader(file))[1:]]
# grey levels from -1 to 1, and a constant; then the label: 1 is an eight
rows = [[x / 8 - 1 for x in row[:-1]] + [1.0, float(row[-1] == 8)] for row in digits if row[-1] in (1, 8)]
random.Random(0).shuffle(rows)  # the same split for every trial
train, dev = rows[:240], rows[240:]


def probability(row, weights):  # of an eight
    z = sum(w * x for w, x in zip(weights, row))
    return 1 / (1 + math.exp(-z)) if z > -700 else 0.0


def measured(part, weights):  # the share of rows that are misread, and the mean loss
    answers = [(min(1 - 1e-9, max(1e-9, probability(row, weights))), row[-1]) for row in part]
    loss = -sum(math.log(p if label else 1 - p) for p, label in answers) / len(part)
    return sum((p >= 0.5) != (label == 1) for p, label in answers) / len(part), loss


inputs = len(rows[0]) - 1
state = {"epoch": 0, "weights": [0.0] * inputs, "velocity": [0.0] * inputs, "measured": None}
if checkpoint.exists():
    state = json.loads(checkpoint.read_text())
    print(json.dumps(state["measured"]), flush=True)

weights, velocity = state["weights"], state["velocity"]
for epoch in range(state["epoch"] + 1, target_epochs + 1):
    train.sort()
    random.Random(f"{seed}/{epoch}").shuffle(train)  # depends on the epoch alone, so going on is as good as going through
    for start in range(0, len(train), options.batch_size):
        batch = train[start:start + options.batch_size]
        errors = [probability(row, weights) - row[-1] for row in batch]
        for i in range(inputs):
            slope = sum(e * row[i] for e, row in zip(errors, batch)) / len(batch)
            slope += options.l2 * weights[i] if i < inputs - 1 else 0.0
            velocity[i] = options.momentum * velocity[i] + (1 - options.momentum) * slope
            weights[i] -= options.learning_rate * velocity[i]
    (train_error, _), (dev_error, dev_cost) = measured(train, weights), measured(dev, weights)
    report = {"epoch": epoch, "dev_error": dev_error, "train_error": train_error, "dev_cost": dev_cost}
    print(json.dumps(report), flush=True)
    replacement = checkpoint.with_suffix(".new")
    replacement.write_text(json.dumps({"epoch": epoch, "weights": weights, "velocity": velocity, "measured": report}))
    os.replace(replacement, checkpoint)  # whole or not at all, whenever we are killed
