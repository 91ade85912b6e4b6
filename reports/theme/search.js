// Search: only where the pages come from a web server; opened from a file, the list of reports takes its place.
(() => {
  "use strict";
  const form = document.querySelector(".site-search");
  if (!form || !location.protocol.startsWith("http")) return;
  const input = form.querySelector("input");
  const list = form.querySelector("ol");
  const said = form.querySelector("[role=status]");
  const bundle = new URL(form.dataset.bundle, location.href);
  const MOST = 12;
  let loading = null;

  const load = () => {
    loading ??= import(new URL("pagefind.js", bundle)).then(async (pagefind) => {
      await pagefind.options({ baseUrl: new URL("..", bundle).pathname, excerptLength: 22 });
      await pagefind.init();
      return pagefind;
    });
    return loading;
  };

  // An excerpt is text with marks; nothing else of it becomes part of the page.
  const excerpt = (html) => {
    const line = document.createElement("p");
    const parsed = new DOMParser().parseFromString(html, "text/html");
    for (const node of parsed.body.childNodes) {
      const part = node.nodeName === "MARK" ? document.createElement("mark") : document.createElement("span");
      part.textContent = node.textContent;
      line.append(part);
    }
    return line;
  };

  const found = (page) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = page.url;
    link.textContent = page.meta.title;
    item.append(link, excerpt(page.excerpt));
    return item;
  };

  const search = async () => {
    const words = input.value.trim();
    if (!words) {
      list.replaceChildren();
      said.textContent = "";
      return;
    }
    try {
      const pagefind = await load();
      const answer = await pagefind.debouncedSearch(words, {}, 200);
      if (answer === null) return; // more was typed meanwhile
      const pages = await Promise.all(answer.results.slice(0, MOST).map((result) => result.data()));
      list.replaceChildren(...pages.map(found));
      said.textContent = form.dataset.found.replace("{count}", answer.results.length);
    } catch {
      form.hidden = true;
    }
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  input.addEventListener("focus", () => load().catch(() => { form.hidden = true; }), { once: true });
  input.addEventListener("input", search);
  if (location.hash === "#search") input.focus({ preventScroll: true });
})();
