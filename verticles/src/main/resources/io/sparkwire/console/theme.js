/** Light, dark, or what the system has; remembered by the browser. */

import { byId, setText } from "./dom.js";

const THEMES = ["system", "light", "dark"];
const KEY = "sparkwire-theme";

function remembered() {
  try {
    return THEMES.includes(localStorage.getItem(KEY)) ? localStorage.getItem(KEY) : "system";
  } catch {
    return "system"; // the browser keeps nothing
  }
}

function remember(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // it lasts as long as the page
  }
}

/** Calls back when colours have changed. */
export function startTheme(changed) {
  const button = byId("theme");
  let theme = remembered();
  const show = () => {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    setText(button, `Theme: ${theme}`);
    changed();
  };
  button.addEventListener("click", () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    remember(theme);
    show();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
  show();
}
