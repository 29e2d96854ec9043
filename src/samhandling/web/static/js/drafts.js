/* Half-written long texts stay in this browser until they are saved.

   A form with data-draft keeps its text areas (and inputs with data-draft, none with data-private)
   in localStorage under the person, the page's address (or that in data-draft, where one thing is
   written at several addresses) and the field, with the version of the answer that was written over. When the page is opened again and the server has something else in the
   field, the person is asked. A draft that is fetched back brings its version along: what somebody
   else saved in between is then shown beside it before anything is overwritten. A draft is dropped
   when the server has the same text, when the form was accepted, after seven days, and at sign-out.
   The words come from the script element, so that they are translated. */
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const PREFIX = "utkast:";
  const SENT = "utkast-skickade";
  const KEPT_FOR = 7 * 24 * 60 * 60 * 1000;
  const owner = PREFIX + (words.owner || "") + ":";

  let store;
  try { store = window.localStorage; store.getItem(PREFIX); } catch { return; }

  const read = (key) => { try { return JSON.parse(store.getItem(key)); } catch { return null; } };
  const write = (key, value) => { try { store.setItem(key, JSON.stringify(value)); return true; } catch { return false; } };
  const keys = () => Object.keys(store).filter((key) => key.startsWith(PREFIX));
  const keyOf = (field) => owner + (field.form.dataset.draft || location.pathname) + ":" + field.name;
  const plain = (text) => text.replace(/\r\n/g, "\n").trimEnd();
  const two = (n) => String(n).padStart(2, "0");
  const clock = (when) => two(when.getHours()) + "." + two(when.getMinutes());
  const day = (when) => new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "long" }).format(when);

  for (const key of keys()) {
    const draft = read(key);
    if (!draft || Date.now() - draft.at > KEPT_FOR) store.removeItem(key);
  }

  const fields = [...document.querySelectorAll("form[data-draft] textarea[name], form[data-draft] input[data-draft][name]")]
    .filter((field) => !field.closest("[data-private]") && field.type !== "password");

  // The version of one answer: "name=digest" in the form's hidden field (web/editing.py).
  const parts = (form) => (form.elements.version ? form.elements.version.value.split(" ") : []);
  const versionOf = (field) => parts(field.form).find((part) => part.startsWith(field.name + "=")) || "";
  const backTo = (field, version) => {
    if (!version) return;
    const others = parts(field.form).filter((part) => !part.startsWith(field.name + "="));
    field.form.elements.version.value = [...others, version].join(" ");
  };
  const here = new Set(fields.map(keyOf));

  // What was sent from the page before: accepted unless this page says no, or has the form and does not say yes.
  let sent = [];
  try { sent = JSON.parse(sessionStorage.getItem(SENT)) || []; sessionStorage.removeItem(SENT); } catch { /* private mode */ }
  if (!document.querySelector("[data-draft-keep]")) {
    const saved = document.querySelector(".messages .note.done");
    for (const key of sent) if (saved || !here.has(key)) store.removeItem(key);
  }

  const send = (these) => {
    let list = [];
    try { list = JSON.parse(sessionStorage.getItem(SENT)) || []; } catch { /* private mode */ }
    try { sessionStorage.setItem(SENT, JSON.stringify([...new Set([...list, ...these])])); } catch { /* full */ }
  };

  const offer = (field, draft) => {
    const when = new Date(draft.at);
    const box = document.createElement("div");
    box.className = "draft-found";
    box.setAttribute("role", "status");
    const text = document.createElement("p");
    text.textContent = words.found.replace("{day}", day(when)).replace("{time}", clock(when));
    const actions = document.createElement("div");
    actions.className = "actions";
    const button = (label, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "button";
      made.textContent = label;
      made.addEventListener("click", () => { act(); box.remove(); field.focus(); });
      actions.append(made);
    };
    button(words.restore, () => { field.value = draft.text; backTo(field, draft.version); });
    button(words.discard, () => store.removeItem(keyOf(field)));
    box.append(text, actions);
    field.before(box);
  };

  for (const field of fields) {
    const key = keyOf(field);
    const draft = read(key);
    if (draft) {
      if (plain(draft.text) === plain(field.value)) store.removeItem(key);
      else offer(field, draft);
    }
    const started = field.value;
    const version = versionOf(field);
    const state = document.createElement("span");
    state.className = "draft-state";
    state.setAttribute("aria-live", "off");
    let timer;
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (plain(field.value) === plain(started)) { store.removeItem(key); state.textContent = ""; return; }
        const now = new Date();
        if (write(key, { at: now.getTime(), text: field.value, version })) {
          state.textContent = words.kept.replace("{time}", clock(now));
          if (!state.isConnected) field.after(state);
        }
      }, 400);
    });
    const flush = () => {
      if (timer && plain(field.value) !== plain(started)) write(key, { at: Date.now(), text: field.value, version });
    };
    window.addEventListener("pagehide", flush);
    field.form.addEventListener("submit", () => { flush(); send([key]); });
  }

  // Where two texts were settled, all that was written at this address is settled.
  for (const form of document.querySelectorAll("form[data-draft-settles]")) {
    form.addEventListener("submit", () => send(keys().filter((key) => key.startsWith(owner + location.pathname + ":"))));
  }

  for (const form of document.querySelectorAll("form[data-forget-drafts]")) {
    form.addEventListener("submit", () => { for (const key of keys()) store.removeItem(key); });
  }
})();
