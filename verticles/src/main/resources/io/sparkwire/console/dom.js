/** Elements without markup in strings: what a node says is text, whatever it contains. */

export const byId = id => document.getElementById(id);

/** An element with attributes and children; a string child is text. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  set(made, attributes);
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

/** The same of SVG. */
export function shape(name, attributes = {}, text = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  set(made, attributes);
  made.textContent = text;
  return made;
}

function set(target, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) target.setAttribute(name, value);
  }
}

/** Changes a text only if it is another one, so that what reads the page aloud is not disturbed. */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/**
 * Keeps one child for each item: makes, updates and removes children by key, in the order of items.
 * What stays keeps its focus.
 */
export function keyed(parent, items, keyOf, make, update) {
  const old = new Map([...parent.children].map(child => [child.dataset.key, child]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    let child = old.get(key);
    if (child) {
      old.delete(key);
    } else {
      child = make(item);
      child.dataset.key = key;
    }
    update(child, item);
    if (child === place) {
      place = place.nextElementSibling;
    } else {
      parent.insertBefore(child, place);
    }
  }
  old.forEach(child => child.remove());
}

/** Fills the cells of a row, after its heading if it has one. */
export function setCells(row, texts) {
  [...row.cells].filter(cell => !cell.dataset.own).forEach((cell, i) => setText(cell, texts[i]));
}

/** A row that says that there is nothing yet, unless there is something. */
export function noteEmpty(body, columns, text) {
  const note = body.querySelector(".nothing");
  const others = body.rows.length - (note ? 1 : 0);
  if (others > 0) {
    note?.remove();
  } else if (!note) {
    const row = element("tr", { class: "nothing" }, element("td", { class: "empty", colspan: columns }, text));
    row.dataset.key = "";
    body.append(row);
  }
}
