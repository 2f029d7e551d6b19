/** Lists to which events are added, the latest first. */

import { byId, element, noteEmpty } from "./dom.js";
import { count, time } from "./format.js";

const MOST_ROWS = 200;

/** Bodies of failed requests that a payload log has, by the ids of requests. */
const bodies = new Map();

const LISTS = {
  quarantined: ["quarantined-table", 6, "No request has been quarantined.", event => [
    event.service,
    requestCell(event.request),
    element("code", {}, event.node),
    element("td", { class: "number" }, count(event.attempts)),
    element("td", { class: "cause" }, event.cause),
  ]],
  restarted: ["restarts", 3, "No query was restarted.", event => [
    event.service,
    element("td", { class: "cause" }, element("code", {}, event.cause), event.message ? `: ${event.message}` : ""),
  ]],
};

const CHANGES = {
  member: event => `${event.role} ${event.member} at ${event.address} has ${event.what === "joined" ? "joined" : "left the cluster"}`,
  replayed: event => `${count(event.requests)} ${event.requests === 1 ? "request" : "requests"} of ${event.service} replayed, as node ${event.node} saw it`,
  switched: event => `${event.service}: requests go to version ${event.version} of the pipeline at node ${event.node}`,
};

/** A request, which logs name by its id, and perhaps by its client's name after it. */
function requestCell(request) {
  const cell = element("td", { "data-request": request.split(" ")[0] }, element("code", {}, request));
  showBody(cell);
  return cell;
}

function showBody(cell) {
  const body = bodies.get(cell.dataset.request);
  if (body !== undefined && !cell.querySelector("details")) {
    cell.append(element("details", {}, element("summary", {}, "Body"), element("pre", {}, body)));
  }
}

/** The node with the client may tell of the body before or after another one tells of the quarantine. */
function addBody(event) {
  bodies.set(event.request, event.body);
  if (bodies.size > MOST_ROWS) bodies.delete(bodies.keys().next().value);
  for (const cell of byId("quarantined-table").querySelectorAll("td[data-request]")) {
    if (cell.dataset.request === event.request) showBody(cell);
  }
}

export function startLists() {
  bodies.clear();
  Object.values(LISTS).forEach(([id, columns, nothing]) => clear(id, columns, nothing));
  clear("changes", 2, "Nothing has changed.");
}

function clear(id, columns, nothing) {
  const body = byId(id).tBodies[0];
  body.replaceChildren();
  noteEmpty(body, columns, nothing);
}

export function addToLists(event, isNew) {
  if (event.kind === "payload") addBody(event);
  const list = LISTS[event.kind];
  if (list) prepend(list[0], event, list[3](event), isNew);
  const change = CHANGES[event.kind];
  if (change) prepend("changes", event, [change(event)], isNew);
}

/** What is worth to be read aloud; empty for the rest. */
export function announcement(event) {
  if (event.kind === "quarantined") return `Request ${event.request} of ${event.service} was quarantined`;
  if (event.kind === "restarted") return `A query of ${event.service} was restarted`;
  return event.kind === "member" || event.kind === "switched" ? CHANGES[event.kind](event) : "";
}

function prepend(id, event, cells, isNew) {
  const body = byId(id).tBodies[0];
  body.querySelector(".nothing")?.remove();
  const whole = cells.map(cell => (cell instanceof HTMLTableCellElement ? cell : element("td", {}, cell)));
  const row = element("tr", { class: isNew ? "new" : null }, element("td", { class: "time" }, time(event.time)), ...whole);
  row.dataset.time = event.time;
  const later = [...body.rows].find(each => Number(each.dataset.time) <= event.time);
  body.insertBefore(row, later ?? null);
  while (body.rows.length > MOST_ROWS) body.lastElementChild.remove();
}
