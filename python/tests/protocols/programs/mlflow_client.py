"""Scores rows with the client of MLflow itself: mlflow_client.py PORT ROWS

Prints the version that the server says, and the rows of the data frame of predictions, as JSON.
"""

import json
import sys
from pathlib import Path

import pandas as pd
from mlflow.pyfunc.scoring_server.client import ScoringServerClient


def main():
    client = ScoringServerClient("127.0.0.1", sys.argv[1])
    client.wait_server_ready()
    rows = pd.DataFrame(json.loads(Path(sys.argv[2]).read_text()))
    predictions = client.invoke(rows).get_predictions()
    print(json.dumps({"version": client.get_version(), "predictions": predictions.to_dict("records")}))


if __name__ == "__main__":
    main()
