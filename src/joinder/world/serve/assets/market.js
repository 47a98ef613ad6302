// The price comes by script, comments by scrolling, and a beacon says how far the visitor got.
"use strict";
const item = document.querySelector("[data-item]");
if (item) {
  const id = encodeURIComponent(item.dataset.item);
  fetch(`/api/price/${id}`)
    .then((answer) => answer.json())
    .then((price) => {
      const place = document.querySelector(".price");
      place.firstChild.textContent = price.text;
      place.querySelector("small").textContent = price.sold;
    });
  const list = document.querySelector(".comments");
  const end = document.querySelector(".end");
  let page = 0, busy = false;
  const watch = new IntersectionObserver(async (seen) => {
    if (busy || !seen.some((entry) => entry.isIntersecting)) return;
    busy = true;
    page += 1;
    const answer = await fetch(`/api/comments/${id}?page=${page}`);
    const part = await answer.json();
    for (const comment of part.comments) {
      const article = document.createElement("article");
      const header = document.createElement("header");
      const text = document.createElement("p");
      header.textContent = `${comment.who}　${comment.stars}　${comment.day}`;
      text.textContent = comment.text;
      article.append(header, text);
      list.append(article);
    }
    busy = false;
    if (!part.more) {
      watch.disconnect();
      end.textContent = part.end;
      navigator.sendBeacon("/beacon", `read ${page}`);
    } else {
      watch.unobserve(end);
      watch.observe(end);
    }
  }, { rootMargin: "200px" });
  watch.observe(end);
}
