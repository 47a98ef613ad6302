// Keys of a screen: an element with data-key is pressed by that key, through the one key map of 00-keys.js.
// A verdict that needs a reason first asks for it: focus goes to the reasons instead of a refusal.
"use strict";

(() => {
  const GUARD_MS = 300;
  let last = 0;
  const press = (name) => {
    const target = document.querySelector(`[data-key="${name}"]`);
    if (!target || performance.now() - last < GUARD_MS) return;
    last = performance.now();
    if (target.dataset.verdict === "cleared" && !document.querySelector("[data-clearance]:checked")) {
      document.querySelector("[data-clearance]")?.focus();
      return;
    }
    target.click();
  };
  document.addEventListener("DOMContentLoaded", () => {
    for (const element of document.querySelectorAll("[data-key]")) {
      const name = element.dataset.key;
      window.joinder.key(name, () => press(name));
    }
    document.querySelector(".queue__row--chosen")?.scrollIntoView({ block: "nearest" });
  });
})();
