"""A campaign that runs, as a table of pandas: hypersearch serve in one terminal, this in another."""
import json, pandas, pathlib, urllib.request

token = (pathlib.Path.home() / ".local/share/hypersearch/page-token").read_text().strip()
request = urllib.request.Request("http://127.0.0.1:8090/api/campaigns/digits/trials", headers={"Authorization": "Bearer " + token})
trials = pandas.json_normalize(json.load(urllib.request.urlopen(request)))
print(trials[["rank", "trial", "value", "params.learning_rate"]].head())
