"""Serves the model with `mlflow models serve`: serve_mlflow.py PORT FOLDER"""

import os
import shutil
import sys

import mlflow.sklearn

import model

port, folder = sys.argv[1], sys.argv[2]
shutil.rmtree(folder, ignore_errors=True)
mlflow.sklearn.save_model(model.trained(), folder, pyfunc_predict_fn="predict_proba", serialization_format="cloudpickle")
os.execvp("mlflow", ["mlflow", "models", "serve", "-m", folder, "-h", "127.0.0.1", "-p", port, "--env-manager", "local"])
