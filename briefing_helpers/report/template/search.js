// Search the record, offline: each word of the question against the words of each entry.
(() => {
  "use strict";
  const box = document.getElementById("query");
  const list = document.getElementById("results");
  const status = document.getElementById("found");
  const { entries, words } = JSON.parse(document.getElementById("entries").textContent);
  const MOST = 30;
  const IDLE = new Set("a an and are by for from has have in is it of on or owe owes the to under was what when where which who with".split(" "));
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const split = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];
  const shared = words.map((text) => new Set(split(text)));
  const index = entries.map(([kind, label, text, , draft]) => ({
    label: new Set([...split(label), ...split(kind)]), text: new Set(split(text)), draft: shared[draft],
  }));
  // A whole word tells more than a beginning, a label more than a text.
  const begins = (set, word) => { for (const each of set) if (each.startsWith(word)) return true; return false; };
  const worth = (entry, word) => {
    if (entry.label.has(word)) return 8;
    if (begins(entry.label, word)) return word.length > 2 ? 5 : 3;
    if (entry.text.has(word)) return 4;
    if (word.length > 2 && begins(entry.text, word)) return 2;
    return entry.draft.has(word) ? 1 : 0;
  };
  const find = (question) => {
    const asked = [...new Set(split(question))];
    const useful = asked.filter((word) => !IDLE.has(word));
    const ask = useful.length ? useful : asked;
    const hits = index.map((entry, at) => {
      const each = ask.map((word) => worth(entry, word));
      return { at, met: each.filter(Boolean).length, score: each.reduce((sum, one) => sum + one, 0) };
    });
    const best = Math.max(0, ...hits.map((hit) => hit.met));
    return best ? hits.filter((hit) => hit.met === best).sort((a, b) => b.score - a.score || a.at - b.at) : [];
  };
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const show = () => {
    const question = box.value.trim();
    history.replaceState({ question }, "");
    const hits = question ? find(question) : [];
    list.replaceChildren(...hits.slice(0, MOST).map(({ at }) => {
      const [kind, label, text, href] = entries[at];
      return make("li", {}, make("a", { href, textContent: label }), make("span", { className: "label", textContent: kind }),
        make("span", { textContent: text }));
    }));
    const more = hits.length > MOST ? `, the first ${MOST} shown; add a word to narrow them` : "";
    status.textContent = !question ? "" : hits.length ? `${hits.length} found${more}` : "Nothing found; try another word.";
  };
  document.querySelector(".look").hidden = false;
  box.addEventListener("input", show);
  // Enter opens the first result; the arrows walk through them.
  document.querySelector(".look").addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Enter then ends a word typed in parts, as in Chinese
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Enter" && document.activeElement === box && links.length) links[0].click();
    else if (event.key === "ArrowDown" && at + 1 < links.length) links[at + 1].focus();
    else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] || box).focus();
    else if (event.key === "Escape" && at >= 0) box.focus();
    else return;
    event.preventDefault();
  });
  for (const example of document.querySelectorAll(".look [data-ask]")) {
    example.addEventListener("click", () => { box.value = example.dataset.ask; show(); box.focus(); });
  }
  // Back from a result, the question still stands there.
  if (history.state && history.state.question) { box.value = history.state.question; show(); }
})();
