"""A worker: one process that evaluates one trial after another. Worth it when starting up costs more than a trial."""
import json
import math
import sys

for line in sys.stdin:
    request = json.loads(line)
    x, y = request["params"]["x"], request["params"]["y"]
    try:
        for epoch in range(1, request["epochs"] + 1):
            # Himmelblau's function: four valleys, all of depth 0; each epoch sees it with less noise
            height = (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2 + math.sin(request["seed"] + epoch) / epoch
            print(json.dumps({"trial": request["trial"], "epoch": epoch, "height": height}), flush=True)
        print(json.dumps({"trial": request["trial"], "done": True}), flush=True)
    except ArithmeticError as problem:
        print(json.dumps({"trial": request["trial"], "error": str(problem)}), flush=True)
