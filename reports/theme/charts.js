// Makes a page alive: charts, tabs, menus. Everything is there and readable without this script.
(() => {
  "use strict";

  // Charts: each static SVG is replaced by the live chart made from the JSON beside it. Without the Vega bundle, or if
  // a chart fails, the SVG stays. `ast` draws without eval, so that a page can forbid it.
  // A chart may carry a JSON merge patch for narrow screens, and say that its plot fits any width.
  const merged = (target, patch) => {
    if (patch === null || typeof patch !== "object" || Array.isArray(patch)) return patch;
    const result = target && typeof target === "object" && !Array.isArray(target) ? { ...target } : {};
    for (const [key, value] of Object.entries(patch)) {
      if (value === null) delete result[key]; else result[key] = merged(result[key], value);
    }
    return result;
  };

  const fitted = (spec, natural, room) => {
    const own = spec.usermeta || {};
    const narrow = room < Math.min(natural, 560);
    const chosen = narrow && own.narrow ? merged(spec, own.narrow) : spec;
    return own.fit && room < natural ? { ...chosen, width: room } : chosen;
  };

  // Data may stand as CSV, which is shorter. Vega's own reader of it needs eval; this one does not.
  const records = (csv) => {
    const lines = [[]];
    const cell = /("(?:[^"]|"")*"|[^",\n]*)(,|\n|$)/gy;
    for (let found = cell.exec(csv); found; found = cell.exec(csv)) {
      const [, text, end] = found;
      lines.at(-1).push(text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text);
      if (cell.lastIndex >= csv.length) break;
      if (end === "\n") lines.push([]);
    }
    const [names, ...rows] = lines;
    return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? ""])));
  };

  const unpacked = (spec) => {
    const sets = spec.datasets || {};
    const visit = (part) => {
      if (!part || typeof part !== "object") return;
      if (part.format && part.format.type === "csv") {
        delete part.format.type;
        if (typeof part.values === "string") part.values = records(part.values);
        if (typeof sets[part.name] === "string") sets[part.name] = records(sets[part.name]);
      }
      Object.values(part).forEach(visit);
    };
    visit(spec);
    return spec;
  };

  // An industry or a province picked in one chart is picked in all.
  const PICKED = "picked";
  const views = new Set();
  const share = (view) => {
    views.add(view);
    try {
      view.addSignalListener(PICKED, (_, value) => views.forEach((other) => {
        try {
          if (other !== view && other.signal(PICKED) !== value) other.signal(PICKED, value).runAsync();
        } catch { /* a chart without that choice */ }
      }));
    } catch { /* a chart without that choice */ }
  };

  // A chart's JSON, as it stands or, to keep pages light, deflated.
  const written = async (source) => {
    if (!source.dataset.packed) return source.textContent;
    const bytes = Uint8Array.from(atob(source.textContent), (character) => character.charCodeAt(0));
    const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(source.dataset.packed));
    return new Response(inflated).text();
  };

  const liven = async (chart) => {
    const source = chart.querySelector(".fp-spec");
    const still = chart.querySelector(".fp-static");
    if (!source || !still) return;
    const spec = await written(source).then((text) => unpacked(JSON.parse(text))).catch(() => null);
    if (!spec) return; // a browser of before 2023: the still chart stays
    const drawing = still.querySelector("svg");
    const natural = (drawing && Number(drawing.getAttribute("width"))) || 640;
    const live = document.createElement("div");
    live.className = "fp-live";
    const controls = document.createElement("form"); // beside the picture: what is inside one cannot be reached
    controls.className = "vega-bindings";
    let drawn = 0;
    let result = null;
    const draw = async () => {
      const frame = getComputedStyle(chart);
      const room = Math.floor(chart.clientWidth - parseFloat(frame.paddingLeft) - parseFloat(frame.paddingRight));
      if (room < 1 || Math.abs(room - drawn) < 8) return;
      drawn = room;
      if (result) {
        views.delete(result.view);
        result.finalize();
      }
      controls.replaceChildren();
      result = await window.vegaEmbed(live, fitted(spec, natural, room), {
        actions: false, ast: true, bind: controls, logLevel: 1, renderer: "svg", tooltip: { theme: "custom" },
      });
      live.setAttribute("role", "img"); // after drawing: Vega writes a role and a label of its own
      live.setAttribute("aria-label", still.getAttribute("aria-label") || "");
      live.querySelector("svg").setAttribute("aria-hidden", "true"); // the label says the finding, a table the figures
      share(result.view);
    };
    live.hidden = true;
    still.after(controls, live);
    try {
      await draw();
      if (!result) throw new Error("no room");
      live.hidden = false;
      still.remove();
    } catch (error) {
      controls.remove();
      live.remove();
      return;
    }
    if (spec.usermeta && (spec.usermeta.fit || spec.usermeta.narrow)) {
      let timer = 0;
      new ResizeObserver(() => {
        clearTimeout(timer);
        timer = setTimeout(draw, 120);
      }).observe(chart);
    }
  };

  const charts = async () => {
    if (!window.vegaEmbed) return;
    if (document.fonts) await document.fonts.ready;
    for (const chart of document.querySelectorAll(".fp-chart")) await liven(chart);
  };

  // Tabs: titled sections become tabs, arrow keys move between them.
  const tabs = () => {
    document.querySelectorAll(".panel-tabset").forEach((set, number) => {
      const panels = [...set.querySelectorAll(":scope > .fp-tab")];
      if (panels.length < 2) return;
      const list = document.createElement("div");
      list.className = "fp-tablist";
      list.setAttribute("role", "tablist");
      const select = (chosen, focus) => panels.forEach((panel, index) => {
        const tab = list.children[index];
        tab.setAttribute("aria-selected", String(index === chosen));
        tab.tabIndex = index === chosen ? 0 : -1;
        panel.hidden = index !== chosen;
        if (focus && index === chosen) tab.focus();
      });
      panels.forEach((panel, index) => {
        const title = panel.querySelector(":scope > .fp-tab-title");
        const tab = document.createElement("button");
        tab.type = "button";
        tab.id = `tab-${number}-${index}`;
        tab.setAttribute("role", "tab");
        tab.textContent = title.textContent;
        panel.id = panel.id || `panel-${number}-${index}`;
        panel.setAttribute("role", "tabpanel");
        panel.setAttribute("aria-labelledby", tab.id);
        tab.setAttribute("aria-controls", panel.id);
        tab.addEventListener("click", () => select(index, false));
        tab.addEventListener("keydown", (event) => {
          const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
          if (step) select((index + step + panels.length) % panels.length, true);
        });
        title.remove();
        list.append(tab);
      });
      set.prepend(list);
      set.classList.add("is-live");
      select(0, false);
    });
  };

  // Menus: one open at a time, closed by Escape or a click elsewhere.
  const menus = () => {
    const all = [...document.querySelectorAll(".site-nav details")];
    const closeAll = (except) => all.forEach((menu) => { if (menu !== except) menu.open = false; });
    document.addEventListener("click", (event) => closeAll(event.target.closest(".site-nav details")));
    document.addEventListener("keydown", (event) => {
      const open = event.key === "Escape" && all.find((menu) => menu.open);
      if (open) {
        open.open = false;
        open.querySelector("summary").focus();
      }
    });
  };

  // A region that scrolls must be reachable by keyboard; one that does not needs no stop there.
  const scrolling = () => document.querySelectorAll(".fp-scroll, .fp-chart").forEach((region) => {
    if (region.scrollWidth > region.clientWidth + 1) region.tabIndex = 0;
    else if (region.classList.contains("fp-chart")) region.removeAttribute("tabindex");
  });

  // Folded entries: the one an address leads to is open, and on paper all are.
  const entries = () => {
    const lead = () => {
      const entry = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest(".fp-entry");
      if (!entry) return;
      entry.open = true;
      entry.scrollIntoView();
    };
    addEventListener("hashchange", lead);
    addEventListener("beforeprint", () => document.querySelectorAll(".fp-entry").forEach((entry) => { entry.open = true; }));
    lead();
  };

  menus();
  entries();
  charts().then(tabs).then(scrolling);
})();
