"""Serves what SparkML has learned with MLServer's runtime for scikit-learn: serve_mlserver_wide.py PORT FOLDER FILE

FILE is what train_wide.py has written.
"""

import json
import os
import sys
from pathlib import Path

import joblib
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

port, folder = int(sys.argv[1]), Path(sys.argv[2])
learned = json.loads(Path(sys.argv[3]).read_text())
rows = np.asarray(learned["rows"])
# Fitted for the attributes that scikit-learn checks; then each number is that of SparkML.
model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1)).fit(rows, np.arange(len(rows)) % 2)
scaler, regression = model[0], model[1]
scaler.mean_, scaler.scale_ = np.asarray(learned["mean"]), np.asarray(learned["scale"])
regression.coef_, regression.intercept_ = np.asarray([learned["coefficients"]]), np.asarray([learned["intercept"]])

folder.mkdir(parents=True, exist_ok=True)
joblib.dump(model, folder / "model.joblib")
outputs = [{"name": name, "datatype": datatype, "shape": shape} for name, datatype, shape in (("predict", "INT64", [-1, 1]), ("predict_proba", "FP64", [-1, 2]))]
settings = {
    "name": "wide",
    "implementation": "mlserver_sklearn.SKLearnModel",
    "inputs": [{"name": "features", "datatype": "FP64", "shape": [-1, 30]}],
    "outputs": outputs,
    "parameters": {"uri": "./model.joblib"},
}
(folder / "model-settings.json").write_text(json.dumps(settings))
# Without a process for each model, which makes one model slower.
server = {"host": "127.0.0.1", "http_port": port, "grpc_port": port + 1, "metrics_port": port + 2, "parallel_workers": 0, "debug": False}
(folder / "settings.json").write_text(json.dumps(server))
os.execvp("mlserver", ["mlserver", "start", str(folder)])
