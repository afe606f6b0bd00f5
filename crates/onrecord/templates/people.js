"use strict";
// Whom a mention means: the words stand in the page, this only brings them to the place.
(() => {
  const tip = document.getElementById("tip");
  const gap = 6;
  let shown = null; // the mention that is explained
  let leaving = 0;

  const lit = () => document.querySelectorAll(".m.lit, .lit").forEach((it) => it.classList.remove("lit"));
  const hide = () => {
    clearTimeout(leaving);
    if (!shown) return;
    lit();
    tip.classList.remove("open");
    tip.replaceChildren();
    shown = null;
  };
  const place = (mention, x) => {
    const boxes = Array.from(mention.getClientRects());
    const box = boxes.find((it) => x !== undefined && it.left <= x && x <= it.right) || boxes[0];
    if (!box) return;
    tip.style.left = tip.style.top = "0";
    const size = tip.getBoundingClientRect();
    const left = Math.min(box.left, document.documentElement.clientWidth - size.width - 8);
    if (box.bottom < 0 || box.top > innerHeight) return hide();
    const above = box.top - size.height - gap;
    tip.style.left = Math.max(8, left) + "px";
    tip.style.top = (above >= 8 ? above : Math.min(box.bottom + gap, innerHeight - size.height - 8)) + "px";
  };
  const show = (mention, x) => {
    clearTimeout(leaving);
    if (mention === shown) return;
    hide();
    const ids = (mention.getAttribute("aria-describedby") || "").split(" ");
    const words = ids.map((id) => document.getElementById(id)).filter(Boolean);
    if (!words.length) return;
    for (const it of words) tip.append(...Array.from(it.childNodes, (node) => node.cloneNode(true)));
    const target = document.getElementById(mention.getAttribute("href").slice(1));
    const tally = target && target.querySelector(".tally");
    if (target && (tally || target.closest(".named"))) {
      const link = document.createElement("a");
      link.href = "#" + target.id;
      link.textContent = tally ? tally.firstChild.textContent.replace(/, first in $/, "") : "in the list of those named";
      tip.append(link);
    }
    const who = Array.from(mention.classList).find((it) => /^m\d+$/.test(it));
    const doc = mention.closest(".doc");
    if (who && doc) doc.querySelectorAll("." + who + ",.i" + who.slice(1)).forEach((it) => it.classList.add("lit"));
    shown = mention;
    tip.classList.add("open");
    place(mention, x);
  };
  const leave = () => {
    clearTimeout(leaving);
    leaving = setTimeout(hide, 160);
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const mention = event.target.closest(".text .m");
    if (mention) show(mention, event.clientX);
    else if (event.target.closest("#tip")) clearTimeout(leaving);
    else if (shown && shown !== document.activeElement) leave();
  });
  document.addEventListener("focusin", (event) => {
    const mention = event.target.closest(".text .m");
    if (mention && mention.matches(":focus-visible")) show(mention);
    else if (!mention && !event.target.closest("#tip")) hide();
  });
  document.addEventListener("click", (event) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (event.target.closest("#tip")) return void setTimeout(hide);
    const mention = event.target.closest(".text .m");
    if (!mention) return hide();
    // The Enter key follows the link to whoever is meant; a finger or the pointer is shown who it is.
    if (event.detail === 0) { hide(); event.stopPropagation(); return; }
    show(mention, event.clientX);
    if (!mention.dataset.s) event.preventDefault();
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !shown) return;
    hide();
    event.stopPropagation();
  }, true);
  addEventListener("scroll", (event) => {
    if (shown && (event.target === document || event.target.contains(shown))) place(shown);
  }, { capture: true, passive: true });
  addEventListener("resize", hide);
})();
