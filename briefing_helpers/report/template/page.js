// What a page adds to itself where scripts run. Without them it reads the same: marks are links to the
// list of sources, contents stay open, and each cell's code has a disclosure of its own.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  document.documentElement.classList.add("scripted");
  // What a link within a page leads to, found as a browser does: by the name as it stands, else decoded.
  const ends = (hash) => {
    const name = hash.slice(1);
    try {
      return document.getElementById(name) || document.getElementById(decodeURIComponent(name));
    } catch {
      return null; // a link torn inside an escape
    }
  };

  // Code: one button for all cells.
  const button = document.getElementById("code");
  const cells = all("details.code");
  if (button && cells.length) {
    let open = false;
    button.hidden = false;
    button.addEventListener("click", () => {
      open = !open;
      cells.forEach((cell) => { cell.open = open; });
      button.textContent = open ? "Hide code" : "Show code";
    });
  }

  // Contents: mark the section that is being read; fold on a narrow screen.
  const toc = document.querySelector(".toc details");
  if (toc) {
    const links = all("a", toc);
    const heads = links.map((link) => ends(link.hash));
    const here = toc.querySelector("summary span");
    const narrow = matchMedia("(max-width: 74.99rem)");
    const fold = () => { toc.open = !narrow.matches; };
    narrow.addEventListener("change", fold);
    toc.addEventListener("click", (event) => { if (narrow.matches && event.target.closest("a")) toc.open = false; });
    fold();
    let waiting = false;
    let marked = null;
    const follow = () => {
      waiting = false;
      const line = innerHeight * 0.3;
      const passed = heads.filter((head) => head && head.getBoundingClientRect().top < line).length;
      const link = links[passed - 1] || null;
      if (link === marked) return;
      if (marked) marked.removeAttribute("aria-current");
      marked = link;
      here.textContent = link ? ": " + link.textContent : "";
      if (!link) return;
      link.setAttribute("aria-current", "location");
      if (!narrow.matches) {
        const list = toc.querySelector("ol");
        list.scrollTop = link.offsetTop - list.offsetTop - list.clientHeight / 2;
      }
    };
    addEventListener("scroll", () => {
      if (!waiting) { waiting = true; requestAnimationFrame(follow); }
    }, { passive: true });
    follow();
  }

  // Evidence: a mark opens what the list of sources says of its source.
  const marks = all('main a[href^="#source-"]');
  const entryOf = (mark) => document.getElementById(mark.hash.slice(1));
  const card = document.getElementById("evidence");
  const words = { __proto__: null, supports: "Supports this", contradicts: "Speaks against this", context: "Context, neither for nor against" };
  let current = null;
  let pinned = false;
  let timer = 0;
  let quiet = false;
  const place = (mark) => {
    const at = mark.getBoundingClientRect();
    const box = card.getBoundingClientRect();
    const room = document.documentElement.clientWidth;
    const below = at.bottom + 6 + box.height < innerHeight || at.top < box.height + 60;
    card.style.left = Math.max(8, Math.min(at.left - 12, room - box.width - 8)) + scrollX + "px";
    card.style.top = (below ? at.bottom + 6 : at.top - box.height - 6) + scrollY + "px";
  };
  const close = () => {
    clearTimeout(timer);
    if (!current) return;
    const mark = current;
    const inside = card.contains(document.activeElement);
    current = null;
    pinned = false;
    mark.setAttribute("aria-expanded", "false");
    card.hidePopover();
    if (inside) { quiet = true; mark.focus(); quiet = false; }
  };
  const show = (mark, pin) => {
    clearTimeout(timer);
    const entry = entryOf(mark);
    if (!entry) return;
    if (current && current !== mark) { pinned = false; close(); }
    pinned = pinned || pin;
    if (current === mark) return;
    current = mark;
    const does = mark.dataset.relation || "supports";
    const at = mark.dataset.at ? ", at " + mark.dataset.at : "";
    card.replaceChildren(
      make("p", { className: "does " + does }, (words[does] || does) + at),
      make("p", {}, ...[...entry.childNodes].map((node) => node.cloneNode(true))),
      make("p", { className: "entry" }, make("a", { href: mark.hash }, `Source ${mark.textContent} in the list`)),
    );
    mark.setAttribute("aria-expanded", "true");
    card.showPopover();
    place(mark);
  };
  const later = (act, wait) => { clearTimeout(timer); timer = setTimeout(act, wait); };
  const markAt = (event) => event.target.closest && event.target.closest('main a[href^="#source-"]');
  if (marks.length && card.showPopover) {
    for (const mark of marks) {
      const against = mark.dataset.relation === "contradicts" ? ", against" : "";
      mark.setAttribute("aria-label", `Source ${mark.textContent}${against}`);
      mark.setAttribute("aria-haspopup", "dialog");
      mark.setAttribute("aria-expanded", "false");
    }
    document.addEventListener("pointerover", (event) => {
      if (event.pointerType !== "mouse" || pinned) return;
      const mark = markAt(event);
      if (mark) later(() => show(mark, false), 120);
      else if (card.contains(event.target)) clearTimeout(timer);
      else if (current && current !== document.activeElement) later(close, 250);
      else if (!current) clearTimeout(timer);
    });
    document.addEventListener("focusin", (event) => {
      const mark = markAt(event);
      if (mark && !quiet) show(mark, false);
      else if (current && mark !== current && !card.contains(event.target)) close();
    });
    document.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      const mark = markAt(event);
      if (mark) {
        event.preventDefault();
        if (current === mark && pinned) { close(); return; }
        show(mark, true);
        if (event.detail === 0) card.focus(); // Enter on a mark: go where the link is
      } else if (current && (!card.contains(event.target) || event.target.closest('a[href^="#"]'))) {
        close();
      }
    });
    document.addEventListener("keydown", (event) => {
      if (!current) return;
      if (event.key === "Escape") close();
      if (event.key !== "Tab" || !card.contains(document.activeElement)) return;
      const links = all("a", card);
      const last = event.shiftKey ? [card, links[0]] : [links[links.length - 1]];
      if (!last.includes(document.activeElement)) return;
      if (event.shiftKey) event.preventDefault();
      close(); // back on the mark; Tab goes on from there
    });
    addEventListener("resize", close);
  }

  // Tables: a download each, made of what the page shows.
  const number = /^[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?%?$/;
  const said = (cell) => {
    if (cell.dataset.value) return cell.dataset.value;
    const copy = cell.cloneNode(true);
    all("br", copy).forEach((br) => br.replaceWith("; "));
    all('a[href^="#source-"]', copy).forEach((mark) => {
      const name = entryOf(mark) && entryOf(mark).querySelector("strong");
      const at = mark.dataset.at ? ` (${mark.dataset.at})` : "";
      mark.replaceWith((name ? name.textContent : mark.textContent) + at);
    });
    return copy.textContent.replace(/\s+/g, " ").trim();
  };
  // A spreadsheet would run a cell that starts so.
  const safe = (text) => (/^[=+\-@\t\r＝＋－＠]/.test(text) && !number.test(text) ? "'" + text : text);
  const quoted = (text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const slug = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60);
  for (const region of all(".table")) {
    const rows = all("tr", region);
    if (!rows.length) continue;
    // On a narrow screen a row becomes a card, and each cell says which column it is.
    const heads = all("thead th", region).map((head) => head.textContent);
    rows.forEach((row) => [...row.cells].forEach((cell, at) => { if (heads[at]) cell.dataset.label = heads[at]; }));
    const name = region.getAttribute("aria-label") || document.title;
    const save = make("button", { type: "button", className: "csv", textContent: "Download CSV" });
    save.setAttribute("aria-label", "Download CSV: " + name);
    save.addEventListener("click", () => {
      const lines = rows.map((row) => [...row.cells].map((cell) => quoted(safe(said(cell)))).join(","));
      const file = new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv" });
      const link = make("a", { href: URL.createObjectURL(file), download: (slug(name) || "table") + ".csv" });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
    region.after(make("p", { className: "tools" }, save));
  }

  // A link to a folded table opens it.
  const unfold = () => {
    const target = ends(location.hash);
    if (target && target.tagName === "DETAILS") target.open = true;
  };
  addEventListener("hashchange", unfold);
  unfold();

  // Print: everything but code is laid open.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not(.code):not([open])");
    opened.forEach((each) => { each.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((each) => { each.open = false; }));
})();
