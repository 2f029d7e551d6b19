/** The console: shows each frame that the node sends. */

import { showCluster } from "./cluster.js";
import { byId, setText } from "./dom.js";
import { Epochs } from "./epochs.js";
import { follow } from "./events.js";
import { showFigures } from "./figures.js";
import { time } from "./format.js";
import { History } from "./history.js";
import { addToLists, announcement, startLists } from "./lists.js";
import { addLine, clearLog, showLog, startLog } from "./log.js";
import { Services } from "./services.js";
import { startTheme } from "./theme.js";
import { showTry, startTry } from "./try.js";
import { noteSwitch, showVersions } from "./versions.js";

const history = new History();
const services = new Services(history);
const epochs = new Epochs();
let quarantined = 0;
let latest = null;

function show(frame) {
  if (frame.whole) begin();
  frame.events.sort((one, other) => one.time - other.time);
  frame.events.forEach(event => add(event, !frame.whole));
  announce(frame);
  history.add(frame.time, frame.services);
  latest = frame;
  showFigures(frame, quarantined);
  showCluster(frame);
  services.show(frame);
  showVersions(frame);
  epochs.show(frame);
  showLog(frame);
  showTry(frame);
}

/** A first frame has all events that are kept, also those that were shown before. */
function begin() {
  quarantined = 0;
  startLists();
  clearLog();
  epochs.reset();
}

function add(event, isNew) {
  if (event.kind === "log") addLine(event);
  else if (event.kind === "epoch") epochs.add(event);
  else addToLists(event, isNew);
  if (event.kind === "quarantined") quarantined++;
  if (event.kind === "switched") noteSwitch(event);
}

function announce(frame) {
  if (frame.whole) return;
  const texts = frame.events.map(announcement).filter(text => text !== "");
  if (texts.length > 0) setText(byId("announcements"), texts.slice(-3).join(". "));
}

function showState(state) {
  const connection = byId("connection");
  connection.dataset.state = state;
  setText(connection, state === "live" ? "live" : latest ? `connection lost, as of ${time(latest.time)}` : "connection lost");
}

startLists();
startLog();
startTry();
startTheme(() => services.redraw());
follow(show, showState);
addEventListener("resize", () => latest && showCluster(latest));
