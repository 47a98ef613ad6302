// The key map. Single letters act only outside fields and dialogs, never during input-method composition
// (the confirming Enter may come after compositionend with keyCode 229), never repeated, and can be switched off.
"use strict";

(() => {
  const OFF = "joinder-keys-off";
  const typing = (target) =>
    target instanceof Element && target.closest("input, textarea, select, [contenteditable=''], [contenteditable='true']");
  const composing = (event) => event.isComposing || event.keyCode === 229 || event.key === "Process";
  const half = { "？": "?", "／": "/" };
  const handlers = new Map();
  let leader = false;

  const rows = () => [...document.querySelectorAll("[data-row]")];
  const move = (step) => {
    const all = rows();
    if (!all.length) return;
    const here = all.findIndex((row) => row.contains(document.activeElement));
    const next = all[Math.min(all.length - 1, Math.max(0, here + step))];
    (next.querySelector("[data-open], a, button") ?? next).focus();
  };
  const follow = (selector) => document.querySelector(selector)?.click();

  const joinder = (window.joinder = {
    /** Register a key for the present screen: joinder.key("v", () => ...). */
    key(name, act) { handlers.set(name, act); },
    /** Say something to readers through the polite live region. */
    say(text) { const live = document.getElementById("live"); if (live) live.textContent = text; },
    composing,
  });

  joinder.key("?", () => document.getElementById("key-dialog")?.showModal());
  joinder.key("/", () => document.querySelector("[data-search]")?.focus());
  joinder.key("j", () => move(1));
  joinder.key("k", () => move(-1));
  joinder.key("o", () => document.activeElement?.closest("[data-row]")?.querySelector("[data-open]")?.click());
  joinder.key("[", () => follow("a[rel='prev'], [data-previous]"));
  joinder.key("]", () => follow("a[rel='next'], [data-next]"));

  document.addEventListener("keydown", (event) => {
    if (composing(event) || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (localStorage.getItem(OFF) === "1" && event.key.length === 1) return;
    const name = half[event.key] ?? event.key;
    if (leader) {
      leader = false;
      const link = [...document.querySelectorAll("[data-go]")].find((entry) => entry.dataset.go === name);
      if (link) { event.preventDefault(); link.click(); }
      return;
    }
    if (name === "g") { leader = true; setTimeout(() => { leader = false; }, 1500); return; }
    const act = handlers.get(name);
    if (act) { event.preventDefault(); act(event); }
  });

  // Enter in a field must not send the form while an input method is still composing.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && composing(event)) event.stopPropagation();
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !composing(event)) {
      event.target.closest?.("form")?.requestSubmit();
    }
  });

  document.addEventListener("DOMContentLoaded", () => {
    const off = document.getElementById("keys-off");
    if (off) {
      off.checked = localStorage.getItem(OFF) === "1";
      off.addEventListener("change", () => localStorage.setItem(OFF, off.checked ? "1" : "0"));
    }
    document.querySelector("[data-focus]")?.focus();
  });
})();
