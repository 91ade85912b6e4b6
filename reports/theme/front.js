// The way in: leads to the edition in the reader's language; without scripts the page's links do.
(() => {
  const links = [...document.querySelectorAll("a[data-lang]")];
  const wanted = navigator.languages || [navigator.language || ""];
  for (const language of wanted) {
    const link = links.find((candidate) => language.toLowerCase().startsWith(candidate.dataset.lang));
    if (link) {
      location.replace(link.href);
      return;
    }
  }
  if (links.length) location.replace(links[0].href);
})();
