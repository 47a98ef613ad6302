// <button data-copy="text"> copies and says so; without a clipboard the text stays selectable.
"use strict";

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    window.joinder?.say(button.dataset.copied ?? "");
  } catch {
    button.nextElementSibling?.focus?.();
  }
});
