"""Serves a network with MLServer: serve_network.py PORT FOLDER NETWORK THREADS PROCESSES WORKERS

It takes PORT and the two after it. THREADS compute one run; with PROCESSES 0 the network runs in the process of the web server, and with
WORKERS 0 on its event loop.
"""

import json
import os
import shutil
import sys
from pathlib import Path

port, folder, network = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
threads, processes, workers = map(int, sys.argv[4:])
folder.mkdir(parents=True, exist_ok=True)
shutil.copy(Path(__file__).parent / "network_runtime.py", folder)
parameters = {"uri": network, "extra": {"threads": threads, "workers": workers}}
(folder / "model-settings.json").write_text(json.dumps({"name": "network", "implementation": "network_runtime.Network", "parameters": parameters}))
server = {"host": "127.0.0.1", "http_port": port, "grpc_port": port + 1, "metrics_port": port + 2, "parallel_workers": processes, "debug": False}
(folder / "settings.json").write_text(json.dumps(server))
os.chdir(folder)
mlserver = str(Path(sys.executable).parent / "mlserver")
os.execv(mlserver, [mlserver, "start", "."])
