"""Serves the model with MLServer's runtime for scikit-learn, as its documentation describes: serve_mlserver.py PORT FOLDER"""

import json
import os
import sys
from pathlib import Path

import joblib

import model

port, folder = int(sys.argv[1]), Path(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)
joblib.dump(model.trained(), folder / "model.joblib")
settings = {"name": "score", "implementation": "mlserver_sklearn.SKLearnModel", "parameters": {"uri": "./model.joblib", "version": "v1"}}
(folder / "model-settings.json").write_text(json.dumps(settings))
# Without a process for each model, which makes one model slower.
server = {"host": "127.0.0.1", "http_port": port, "grpc_port": port + 1, "metrics_port": port + 2, "parallel_workers": 0, "debug": False}
(folder / "settings.json").write_text(json.dumps(server))
os.execvp("mlserver", ["mlserver", "start", str(folder)])
