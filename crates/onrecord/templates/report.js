(() => {
  const root = document.documentElement;
  root.classList.add("has-js");
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));
  const sheet = document.getElementById("sheet");
  const help = document.getElementById("help");
  const narrow = matchMedia("(max-width: 60rem)");
  const marks = new Map(); // article -> statement number -> its marks in the text
  let current = null;

  const marksOf = (doc) => {
    let found = marks.get(doc);
    if (!found) {
      found = new Map();
      for (const mark of all(".g[data-s]", doc)) {
        for (const tie of mark.dataset.s.split(" ")) {
          const number = tie.slice(0, -1);
          if (!found.has(number)) found.set(number, []);
          found.get(number).push(mark);
        }
      }
      marks.set(doc, found);
    }
    return found;
  };
  const marksFor = (card) => marksOf(card.closest(".doc")).get(card.dataset.n) || [];
  const shown = (card) => card.offsetParent !== null;

  const reveal = (element, block) => {
    const box = element.getBoundingClientRect();
    if (box.top < 60 || box.bottom > innerHeight - 60) element.scrollIntoView({ block });
  };
  // The list scrolls by itself beside the text; the page must stay where it is.
  const revealInList = (card) => {
    const list = card.closest(".side");
    if (narrow.matches || list.scrollHeight <= list.clientHeight) return reveal(card, "center");
    const box = card.getBoundingClientRect();
    const frame = list.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > Math.min(frame.bottom, innerHeight)) {
      list.scrollTop += box.top - frame.top - (frame.height - box.height) / 3;
    }
  };

  // Words in the text that tell how surely the chosen statement is said ("h") and what it rests on ("b").
  const hinted = (card) => {
    all(".told-h,.told-b").forEach((element) => element.classList.remove("told-h", "told-b"));
    if (card) for (const letter of ["h", "b"]) {
      for (const words of all(`[data-h~="${card.dataset.n}${letter}"]`, card.closest(".doc"))) words.classList.add("told-" + letter);
    }
  };

  const clear = () => {
    all(".on").forEach((element) => element.classList.remove("on"));
    hinted(null);
    current = null;
    sheet.hidden = true;
    if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  };
  const choose = (card, from) => {
    all(".on").forEach((element) => element.classList.remove("on"));
    current = card;
    card.classList.add("on");
    const places = marksFor(card);
    places.forEach((mark) => mark.classList.add("on"));
    hinted(card);
    if (from === "text" && narrow.matches) {
      const copy = card.cloneNode(true);
      copy.removeAttribute("id");
      sheet.replaceChildren(copy);
      sheet.hidden = false;
    } else {
      sheet.hidden = true;
      if (from !== "card") revealInList(card);
      if (from !== "text" && places[0]) reveal(places[0], "center");
    }
    history.replaceState(null, "", "#" + card.id);
  };

  const docInView = () => {
    const docs = all(".doc");
    return docs.find((doc) => doc.getBoundingClientRect().bottom > innerHeight / 3) || docs[docs.length - 1];
  };
  const step = (by) => {
    const doc = current ? current.closest(".doc") : docInView();
    if (!doc) return;
    let cards = all(".card", doc).filter(shown);
    let at = current ? cards.indexOf(current) + by : by > 0 ? 0 : cards.length - 1;
    if (at < 0 || at >= cards.length) {
      const docs = all(".doc");
      const other = docs[docs.indexOf(doc) + by];
      if (!other) return;
      cards = all(".card", other).filter(shown);
      at = by > 0 ? 0 : cards.length - 1;
    }
    if (cards[at]) choose(cards[at], "keys");
  };

  const tell = (doc) => doc.classList.toggle("none", !all(".card", doc).some(shown));
  document.addEventListener("input", (event) => {
    const doc = event.target.closest(".doc");
    if (!doc) return;
    if (event.target.matches(".find")) {
      const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const card of all(".card", doc)) {
        const text = words.length ? card.textContent.toLowerCase() : "";
        card.classList.toggle("out", !words.every((word) => text.includes(word)));
      }
    }
    tell(doc);
  });

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const mark = event.target.closest(".text .g");
    if (mark) {
      event.preventDefault();
      if (String(getSelection())) return;
      const ties = mark.dataset.s.split(" ").map((tie) => tie.slice(0, -1));
      const doc = mark.closest(".doc");
      const card = all(".card", doc)[Number(ties[0])];
      if (!card) return;
      // A second click on nested words goes to the statement around them.
      const at = current && current.closest(".doc") === doc ? ties.indexOf(current.dataset.n) : -1;
      const next = at < 0 ? card : all(".card", doc)[Number(ties[(at + 1) % ties.length])] || card;
      choose(next, "text");
      return;
    }
    const inner = event.target.closest(".card :is(.notes,.ties,.unsaid) a");
    const card = inner ? document.getElementById(inner.getAttribute("href").slice(1)) : event.target.closest(".card");
    if (inner && !(card && card.matches(".card"))) { sheet.hidden = true; return; } // the link leads into the text
    if (card && !card.closest(".sheet")) {
      event.preventDefault();
      if (!String(getSelection())) choose(card, inner ? "keys" : "card");
    } else if (card) {
      const original = all(".card.on").find((other) => other !== card);
      if (original) { event.preventDefault(); sheet.hidden = true; original.scrollIntoView({ block: "center" }); }
    } else if (!event.target.closest("a,button,input,label,summary,dialog,.sheet")) {
      sheet.hidden = true;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey || help.open) return;
    if (event.key === "Escape") {
      const find = event.target.closest(".find");
      if (find) { find.value = ""; find.dispatchEvent(new Event("input", { bubbles: true })); find.blur(); }
      clear();
      return;
    }
    if (event.target.closest("input[type=search],textarea")) return;
    const keys = { j: () => step(1), n: () => step(1), k: () => step(-1), p: () => step(-1),
      "/": () => { const find = docInView() && docInView().querySelector(".find"); if (find) find.focus(); },
      "?": () => help.showModal() };
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); return; }
    if (event.key === "Enter" && current && !event.target.closest("a,button,summary")) {
      const place = marksFor(current)[0];
      const box = place && place.getBoundingClientRect();
      const seen = box && box.top > 0 && box.bottom < innerHeight;
      event.preventDefault();
      if (place && !seen) place.scrollIntoView({ block: "center" });
      else revealInList(current);
    }
  });

  document.getElementById("keys").addEventListener("click", () => help.showModal());
  document.getElementById("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });

  const arrive = () => {
    const id = location.hash.slice(1).replace(/^at-/, "");
    const card = id && document.getElementById(id);
    if (card && card.matches(".card")) choose(card, "keys");
  };
  addEventListener("hashchange", arrive);
  arrive();
})();
