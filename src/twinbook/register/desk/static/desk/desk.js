// The desk's only own script: lights a card and its sentence together, and gives review its keys.
// Every act also works without it, as a plain form.
(() => {
  "use strict";

  const KEYS_SETTING = "twinbook-keys";
  const keysAreOn = () => localStorage.getItem(KEYS_SETTING) !== "off";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const cards = () => all("[data-card]");
  const waiting = () => cards().filter((card) => card.dataset.state === "waiting");
  let opener = null; // the value whose evidence was opened last: the focus goes back to it
  let current = null; // the number of the card that the keys speak to

  // Card and sentence
  const pieces = (number) => all(`[data-cards~="${number}"]`);
  const unlight = () => all(".is-lit").forEach((element) => element.classList.remove("is-lit"));
  const light = (numbers, scroll) => {
    unlight();
    numbers.forEach((number) => {
      const card = document.getElementById(`card-${number}`);
      if (card) card.classList.add("is-lit");
      pieces(number).forEach((piece) => piece.classList.add("is-lit"));
    });
    if (scroll && numbers.length) reveal(pieces(numbers[0])[0]);
  };
  // Scrolls the story's own box, where it has one: on a phone the page must not jump away from the card.
  const reveal = (piece) => {
    const side = piece && piece.closest(".review-side");
    if (!side || getComputedStyle(side).overflowY !== "auto") return;
    const [inner, outer] = [piece.getBoundingClientRect(), side.getBoundingClientRect()];
    if (inner.top < outer.top) side.scrollTop -= outer.top - inner.top + 24;
    else if (inner.bottom > outer.bottom) side.scrollTop += Math.min(inner.bottom - outer.bottom + 24, inner.top - outer.top);
  };
  const numbersOf = (element) => {
    const card = element.closest("[data-card]");
    if (card) return [card.dataset.card];
    const piece = element.closest("[data-cards]");
    return piece ? piece.dataset.cards.split(" ") : [];
  };

  document.addEventListener("mouseover", (event) => {
    const numbers = numbersOf(event.target);
    if (numbers.length) light(numbers, Boolean(event.target.closest("[data-card]")));
    else if (current) light([current], false);
    else unlight();
  });
  document.addEventListener("focusin", (event) => {
    const numbers = numbersOf(event.target);
    if (!numbers.length) return;
    const card = event.target.closest("[data-card]");
    if (card) current = card.dataset.card;
    light(numbers, Boolean(card));
  });
  document.addEventListener("click", (event) => {
    const closing = event.target.closest("[data-close]");
    if (closing) {
      const slot = closing.closest(".evidence-slot");
      if (slot) slot.replaceChildren(); else history.back();
      if (opener) opener.focus();
      return;
    }
    const value = event.target.closest("a.value");
    if (value) opener = value;
    const link = event.target.closest("a.mark-number");
    if (!link) return;
    const card = document.querySelector(link.getAttribute("href"));
    if (!card) return;
    event.preventDefault();
    go(card);
  });

  // Moving between cards
  const go = (card, takesFocus = true) => {
    if (!card) return;
    current = card.dataset.card;
    if (takesFocus) {
      card.focus({ preventScroll: true });
      card.scrollIntoView({ block: "nearest", behavior: "auto" });
    }
    light([current], takesFocus);
  };
  const here = () => document.getElementById(`card-${current}`) || waiting()[0] || cards()[0] || null;
  // The card to decide: the current one, or the next that waits where it was just decided; none while an answer is awaited.
  const open = () => {
    const card = here();
    if (!card || document.querySelector("[data-card][aria-busy]")) return null;
    return card.dataset.state === "waiting" ? card : nextWaiting(card.dataset.card);
  };
  const step = (direction) => {
    const list = cards();
    if (!list.length) return;
    const at = list.findIndex((card) => card.dataset.card === current);
    go(list[at < 0 ? 0 : Math.min(list.length - 1, Math.max(0, at + direction))]);
  };
  const nextWaiting = (number) => {
    const list = cards();
    const at = list.findIndex((card) => card.dataset.card === number);
    const after = [...list.slice(at + 1), ...list.slice(0, at + 1)];
    return after.find((card) => card.dataset.state === "waiting") || null;
  };

  // Acts by key. event.code names the place of a key, so that they work on a Russian or Japanese keyboard.
  const press = (selector, within) => {
    const button = within && within.querySelector(selector);
    if (button) button.click();
    return Boolean(button);
  };
  const openCorrection = (card) => {
    if (!card || !press("[data-act=correct]", card)) return;
    const field = card.querySelector("form.correct input:not([type=hidden]), form.correct select, form.correct textarea");
    if (field) field.focus();
  };
  const choose = (place) => {
    const choice = all("input[type=radio][name=record]", here() || document.createElement("div"))[place - 1];
    if (choice) choice.checked = true;
  };
  // Choosing several: the boxes of the cards belong to one form, so that they work without this script too.
  const boxes = () => all("[data-act=choose]");
  const chosen = () => boxes().filter((box) => box.checked);
  const countChosen = () => {
    const form = document.querySelector("[data-chosen]");
    if (!form) return;
    const number = chosen().length;
    all("button", form).forEach((button) => { button.hidden = !number || ("two" in button.dataset && number !== 2); });
    all("[data-card]").forEach((card) => card.classList.toggle("is-chosen", Boolean(card.querySelector("[data-act=choose]:checked"))));
    const count = form.querySelector("[data-chosen-count]");
    count.hidden = !number;
    count.textContent = String(number);
  };
  const chooseCard = () => {
    const box = here() && here().querySelector("[data-act=choose]");
    if (box) { box.checked = !box.checked; countChosen(); }
  };
  const chooseAll = () => {
    const isAll = boxes().every((box) => box.checked);
    boxes().forEach((box) => { box.checked = !isAll; });
    countChosen();
  };
  document.addEventListener("change", (event) => { if (event.target.matches("[data-act=choose]")) countChosen(); });
  document.addEventListener("htmx:afterSettle", () => countChosen());

  const acts = {
    KeyJ: () => step(1),
    KeyK: () => step(-1),
    KeyX: () => chooseCard(),
    KeyA: () => (chosen().length ? press("[data-act=accept-chosen]", document) : press("[data-act=accept]", open())),
    KeyR: () => (chosen().length ? press("[data-act=reject-chosen]", document) : press("[data-act=reject]", open())),
    KeyC: () => openCorrection(open()),
    KeyU: () => press("[data-act=undo]", here()) || press("[data-act=undo-last]", document),
  };
  const isTyping = (element) => element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

  // From the search field down to the first hit.
  document.addEventListener("keydown", (event) => {
    const first = document.querySelector("[data-hit]");
    if (first && event.target.id === "q" && event.key === "ArrowDown") { event.preventDefault(); first.focus(); }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return closeCorrection(event.target);
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !keysAreOn()) return;
    if (event.code === "Slash" && !event.shiftKey) {
      const search = document.getElementById("q") || document.getElementById("search-words");
      if (search) { event.preventDefault(); search.focus(); }
      return;
    }
    const hits = all("[data-hit]");
    const place = hits.indexOf(document.activeElement);
    if (place >= 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const next = hits[place + (event.key === "ArrowDown" ? 1 : -1)];
      (next || document.getElementById("q")).focus();
      event.preventDefault();
      return;
    }
    if (!cards().length) return;
    if (event.shiftKey) {
      if (event.code === "KeyA" && press("[data-act=accept-all]", document)) event.preventDefault();
      if (event.code === "KeyX") { event.preventDefault(); chooseAll(); }
      return;
    }
    const digit = /^Digit([1-9])$/.exec(event.code);
    if (digit) return choose(Number(digit[1]));
    const act = acts[event.code];
    if (act) { event.preventDefault(); act(); }
  });
  const closeCorrection = (element) => {
    const details = element.closest("details[open].correction");
    if (!details) return;
    details.open = false;
    go(details.closest("[data-card]"));
  };

  // After a card was swapped, go on to the next that waits, and say what happened.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const card = event.target.closest("[data-card]");
    if (card) card.setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const card = event.target.closest && event.target.closest("[data-card]");
    if (!card) return;
    const number = card.dataset.card;
    const next = card.dataset.state === "waiting" ? card : nextWaiting(number);
    if (card.querySelector("[aria-invalid=true]")) card.querySelector("[aria-invalid=true]").focus();
    else if (next) go(next);
    else finish(card);
    if (card.dataset.says) announce(card.dataset.says);
  });
  const finish = (card) => {
    current = card.dataset.card;
    const end = document.querySelector("[data-act=finish]");
    if (end) end.focus(); else go(card);
  };
  const announce = (sentence) => {
    const place = document.getElementById("announcer");
    if (place) place.textContent = sentence;
  };
  const failed = () => {
    all("[aria-busy]").forEach((card) => card.removeAttribute("aria-busy"));
    const line = document.getElementById("trouble");
    if (line) { line.hidden = false; line.scrollIntoView({ block: "nearest" }); }
  };
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:sendError", failed);

  // The switch for single-letter keys (WCAG 2.1.4), on the help page.
  all("[data-keys-switch]").forEach((box) => {
    box.hidden = false;
    const input = box.querySelector("input");
    input.checked = keysAreOn();
    input.addEventListener("change", () => localStorage.setItem(KEYS_SETTING, input.checked ? "on" : "off"));
  });

  // Files dropped on the inbox go into its file field; the form is sent by its button as always.
  all("[data-drop]").forEach((zone) => {
    const field = zone.querySelector("input[type=file]");
    const over = (event) => { event.preventDefault(); zone.classList.add("is-over"); };
    const out = () => zone.classList.remove("is-over");
    zone.addEventListener("dragover", over);
    zone.addEventListener("dragleave", out);
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      out();
      if (event.dataTransfer.files.length) field.files = event.dataTransfer.files;
    });
  });
  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  countChosen();
  const start = document.querySelector("[data-review]");
  if (start) {
    const named = location.hash && document.querySelector(location.hash);
    const isNamed = Boolean(named && named.matches("[data-card]"));
    go(isNamed ? named : waiting()[0], isNamed);
  }
})();
