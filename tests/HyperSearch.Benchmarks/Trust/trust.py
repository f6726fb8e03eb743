"""Hands tables to hypersearch as a new user would, and to scikit-learn's MLP with a random search in the same CPU seconds.

Each table is cut once per seed into outer training and test rows (25 %, stratified); both sides see the same. Prints one JSON line a cell:
the test metric of both (error, or 1 - R2 for a regression), what always saying the commonest class or the mean gives, and the CPU seconds.
"""
import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
import warnings

import numpy as np
from sklearn import datasets
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_score, train_test_split
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")


def imbalanced():
    return datasets.make_classification(n_samples=900, n_features=12, n_informative=6, weights=[0.94], flip_y=0.01, class_sep=1.0, random_state=7)


TABLES = {
    "breast_cancer": (lambda: datasets.load_breast_cancer(return_X_y=True), False),
    "wine": (lambda: datasets.load_wine(return_X_y=True), False),
    "iris": (lambda: datasets.load_iris(return_X_y=True), False),
    "diabetes": (lambda: datasets.load_diabetes(return_X_y=True), True),
    "imbalanced": (imbalanced, False),
}


def write(path, x, y):
    with open(path, "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([f"x{i}" for i in range(x.shape[1])] + ["label"])
        rows.writerows([*map(repr, map(float, row)), label] for row, label in zip(x, y))


def run(command, folder):
    """Runs a program; its CPU seconds and what it printed."""
    with open(os.path.join(folder, "log"), "ab") as log, tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        if os.waitstatus_to_exitcode(status) != 0:
            sys.exit(f"{command} failed: " + open(os.path.join(folder, "log")).read()[-2000:])
        out.seek(0)
        return usage.ru_utime + usage.ru_stime, out.read().decode()


def ours(program, folder, regression, seed, truth, options):
    """What `new`, `run` and `predict` give with nothing else said but the seed."""
    new, _ = run([*program, "new", "table", "--data", "train.csv", "--label", "label"], folder)
    cpu, _ = run([*program, "run", "table.yaml", "--seed", str(seed), *options], folder)
    _, text = run([*program, "predict", "table", "test.csv", "--json"], folder)
    said = [row["prediction"] for row in json.loads(text)]
    if regression:
        return new + cpu, float(np.mean((np.array(said, float) - truth) ** 2) / np.var(truth))
    return new + cpu, float(np.mean(np.array(said, float) != truth))


def rival(x, y, regression, seconds, seed):
    """A random search of scikit-learn's MLP by 3-fold cross-validation until the CPU seconds are spent, then the best one fitted on all rows."""
    random = np.random.RandomState(seed)
    folds = (KFold if regression else StratifiedKFold)(3, shuffle=True, random_state=seed)
    began, best, tried = time.process_time(), (-np.inf, None), 0
    while tried < 2 or time.process_time() - began < seconds:
        options = dict(
            hidden_layer_sizes=tuple(int(2 ** random.uniform(4, 8)) for _ in range(random.randint(1, 3))),
            alpha=10 ** random.uniform(-6, 1), learning_rate_init=10 ** random.uniform(-4, -1),
            batch_size=int(random.choice([16, 32, 64, 128])), max_iter=200, random_state=seed)
        model = make_pipeline(StandardScaler(), (MLPRegressor if regression else MLPClassifier)(**options))
        score = np.mean(cross_val_score(model, x, y, cv=folds))
        tried += 1
        if best[1] is None or score > best[0]:
            best = (score, model)
    return best[1].fit(x, y), tried, time.process_time() - began


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True, help="JSON list: the hypersearch command")
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--tables", default=",".join(TABLES))
    parser.add_argument("options", nargs="*", help="further options of `run`")
    arguments = parser.parse_args()
    for name in arguments.tables.split(","):
        load, regression = TABLES[name]
        x, y = load()
        for seed in range(arguments.first_seed, arguments.first_seed + arguments.seeds):
            x1, x2, y1, y2 = train_test_split(x, y, test_size=0.25, random_state=seed, stratify=None if regression else y)
            with tempfile.TemporaryDirectory() as folder:
                write(os.path.join(folder, "train.csv"), x1, y1)
                write(os.path.join(folder, "test.csv"), x2, y2)
                cpu, error = ours(json.loads(arguments.program), folder, regression, seed, y2, arguments.options)
            model, tried, spent = rival(x1, y1, regression, cpu, seed)
            common = 1.0 if regression else float(np.mean(y2 != np.bincount(y1).argmax()))
            print(json.dumps({"table": name, "seed": seed, "ours": error, "sklearn": 1 - model.score(x2, y2), "baseline": common,
                              "cpu": cpu, "sklearn_cpu": spent, "candidates": tried}), flush=True)


main()
