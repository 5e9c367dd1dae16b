// One article: its fields, its text, and how readers will see both; saved, brought back, never over what others saved.

import { ask, editLink, element, place, say, tell } from "./common.js";

const query = new URLSearchParams(location.search);
const path = query.get("path") ?? "";
const nonce = document.querySelector('meta[name="nonce"]').content;
const hasEditor = document.querySelector('meta[name="has-editor"]').content === "true";

let opened = null; // the file as it was read or saved last
let article = null; // what does not change with it
let editor = null;
let isWhole = false;
let waiting = 0;
let asked = 0;

const state = (words) => { place("state").textContent = words; };

// ---- the text

const plainEditor = (parent, { text, label, language, direction, onChange }) => {
  const area = element("textarea", { "aria-label": label, lang: language, dir: direction, spellcheck: "true" });
  area.value = text;
  area.addEventListener("input", onChange);
  parent.append(area);
  return {
    get text() { return area.value; },
    set text(words) { area.value = words; onChange(); },
    focus: () => area.focus(),
    goTo: (line) => {
      const start = area.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
      area.setSelectionRange(start, start);
      area.focus();
    },
  };
};

const makeEditor = async (text) => {
  const options = {
    text, nonce, label: isWhole ? "The whole file" : "Text in Markdown", language: article.language,
    direction: isWhole ? "ltr" : article.direction, onChange: changed,
  };
  place("text").replaceChildren();
  if (!hasEditor) return plainEditor(place("text"), options);
  const { editorIn } = await import("./editor.js");
  return editorIn(place("text"), options);
};

// ---- the form

const idOf = (name) => `field-${name.replaceAll(".", "-")}`;

const control = (field, name, value) => {
  const common = { id: idOf(name), name, "data-field": name, "aria-describedby": `${idOf(name)}-hint` };
  if (field.kind === "choice") {
    const known = field.choices.some(([key]) => key === value);
    const choices = known ? field.choices : [...field.choices, [value, value]];
    const select = element("select", common, choices.map(([key, words]) => element("option", { value: key }, words)));
    select.value = value;
    return select;
  }
  const isText = field.kind === "text";
  const made = element(isText ? "textarea" : "input", { ...common, ...(isText ? { rows: 4 } : { type: "text" }) });
  if (["title", "summary", "tags"].includes(field.name)) {
    made.lang = article.language;
    made.dir = article.direction;
  }
  made.value = value;
  return made;
};

const fieldPart = (field, name, value) => element("div", { class: "field" },
  element("label", { for: idOf(name) }, field.label),
  control(field, name, value),
  element("small", { id: `${idOf(name)}-hint` }, field.hint ?? ""));

const FIRST = new Set(["title", "summary", "status", "date", "section", "tags", "translation"]);
const PHOTO_LABELS = { src: "File below site/media/", alt: "What it shows", caption: "Caption", credit: "Taken by" };

const rowsPart = (kind, legend, rows, labels, add) => {
  const box = element("div", { "data-rows": kind });
  const addRow = (row) => {
    const place_ = box.children.length;
    box.append(element("fieldset", { "data-row": kind }, element("legend", {}, `${legend} ${place_ + 1}`),
      Object.entries(labels).map(([name, label]) =>
        fieldPart({ label, kind: "line", name, hint: "" }, `${kind}.${place_}.${name}`, row[name] ?? ""))));
  };
  rows.forEach(addRow);
  return [box, element("button", {
    type: "button",
    onclick: () => { addRow({}); box.lastElementChild.querySelector("input").focus(); },
  }, add)];
};

const showForm = () => {
  const form = place("form");
  if (isWhole) {
    form.replaceChildren(element("p", { class: "note" }, opened.only_whole
      ? `This file can be edited as a whole alone: ${opened.only_whole}.` : "You edit the whole file."));
    return;
  }
  const part = (field) => fieldPart(field, field.name, opened.values[field.name] ?? "");
  const folded = (words, count, ...parts) => element("details", {},
    element("summary", {}, count ? `${words} (${count})` : words), parts);
  const { images, corrections } = opened.values;
  form.replaceChildren(
    ...article.fields.filter(({ name }) => FIRST.has(name)).map(part),
    folded("Photos", images.length, rowsPart("images", "Photo", images, PHOTO_LABELS, "Add a photo")),
    folded("Corrections", corrections.length, rowsPart("corrections", "Correction", corrections,
      { text: "What was wrong and what is right", date: "Date" }, "Add a correction")),
    folded("More fields", 0, article.fields.filter(({ name }) => !FIRST.has(name)).map(part)),
  );
};

// Rows that nobody filled in are not saved: they go, so that those behind them have the numbers that they get in the file.
const dropEmptyRows = () => {
  for (const box of place("form").querySelectorAll("[data-rows]")) {
    const kind = box.dataset.rows;
    const known = opened.values[kind].length;
    [...box.children].slice(known).filter((row) => [...row.querySelectorAll("[data-field]")].every((it) => !it.value.trim()))
      .forEach((row) => row.remove());
    [...box.children].forEach((row, number) => {
      row.querySelector("legend").textContent = row.querySelector("legend").textContent.replace(/\d+$/, number + 1);
      for (const part of row.querySelectorAll(".field")) {
        const it = part.querySelector("[data-field]");
        const name = `${kind}.${number}.${it.name.split(".")[2]}`;
        it.name = name;
        it.id = part.querySelector("label").htmlFor = idOf(name);
        part.querySelector("small:last-child").id = `${idOf(name)}-hint`;
        it.setAttribute("aria-describedby", `${idOf(name)}-hint`);
      }
    });
  }
};

const values = () => {
  const found = {};
  for (const it of place("form").querySelectorAll("[data-field]")) {
    const [kind, row, name] = it.name.split(".");
    if (name === undefined) found[it.name] = it.value;
    else ((found[kind] ??= [])[Number(row)] ??= {})[name] = it.value;
  }
  return found;
};

const showWrong = (wrong) => {
  for (const it of place("form").querySelectorAll("[aria-invalid]")) it.removeAttribute("aria-invalid");
  for (const it of place("form").querySelectorAll(".wrong")) it.remove();
  for (const [name, words] of Object.entries(wrong)) {
    const it = place(idOf(name));
    if (!it) continue;
    it.setAttribute("aria-invalid", "true");
    place(`${idOf(name)}-hint`).before(element("small", { class: "wrong", id: `${idOf(name)}-wrong` }, words));
    it.setAttribute("aria-describedby", `${idOf(name)}-wrong ${idOf(name)}-hint`);
  }
  const first = place("form").querySelector('[aria-invalid="true"]');
  first?.closest("details")?.setAttribute("open", "");
  first?.focus();
};

// ---- what is beside the form

const list = (items) => element("ul", {}, items.map((words) => element("li", {}, words)));

const showBeside = () => {
  const parts = [];
  if (opened.found.length) {
    parts.push(element("div", { class: "note" }, element("h3", {}, "Mistakes in this file"),
      list(opened.found.map((it) => `${it.line ? `Line ${it.line}: ` : ""}${it.message}${it.hint ? ` (${it.hint})` : ""}`))));
  }
  const translation = article.translation;
  if (translation?.is_stale) {
    parts.push(element("div", { class: "note" }, element("h3", {}, "The original has changed"),
      list(translation.changes.length ? translation.changes : ["Its dates say so; nobody noted what was translated."])));
  }
  if (translation?.differences.length) {
    parts.push(element("div", { class: "note" }, element("h3", {}, "Differs from the original"),
      element("ul", {}, translation.differences.map((it) => element("li", {}, `${it.message}${it.hint ? ` (${it.hint})` : ""}`)))));
  }
  if (translation) {
    parts.push(element("p", {}, element("a", { href: editLink(translation.original) }, "Open the original")),
      element("div", {
        class: "original", tabindex: "0", role: "region", "aria-label": "The original", lang: translation.original_language,
        dir: translation.original_direction,
      }, `${translation.original_title}\n\n${translation.original_text}`),
      element("div", { class: "acts" },
        element("button", { type: "button", id: "done", onclick: done }, "This translation is up to date")));
  }
  if (article.story) {
    parts.push(element("h3", {}, "Versions of this story"), element("ul", { class: "versions" },
      article.story.versions.map((it) => element("li", {}, element("a", {
        href: editLink(it.path), class: it.stale ? "stale" : it.state, "aria-current": it.path === path ? "page" : false,
      }, element("b", {}, it.language), [it.state, it.stale ? "stale" : ""].filter(Boolean).join(", "))))));
  }
  parts.push(element("h3", {}, "Elsewhere"), element("p", {}, element("code", {}, path)), element("div", { class: "acts" },
    element("a", { href: `vscode://file${article.file}` }, "Open in VS Code"),
    article.editor ? element("button", { type: "button", onclick: openThere }, `Open in ${article.editor}`) : null,
    element("button", { type: "button", id: "whole", onclick: toggleWhole, disabled: Boolean(opened.only_whole) },
      isWhole ? "Edit fields and text" : "Edit the whole file"),
    element("button", { type: "button", id: "history", onclick: showHistory }, "Earlier texts")));
  place("beside").replaceChildren(...parts);
};

const openThere = async () => {
  try {
    await tell("open", { path, line: opened.body_line });
  } catch (error) {
    say(error.message);
  }
};

const when = (seconds) => new Date(seconds * 1000).toLocaleString();

const showHistory = async () => {
  const { older } = await ask("history", { path });
  const rows = older.map((it) => element("li", {}, `${when(it.written)} `, element("button", {
    type: "button", onclick: () => bringBack(it.number),
  }, "Bring back")));
  place("history").replaceWith(element("div", { id: "history", tabindex: "-1" }, element("h3", {}, "Earlier texts"),
    rows.length ? element("ul", {}, rows) : element("p", {}, "The desk has not changed this file yet.")));
  place("history").focus();
};

const toggleWhole = async () => {
  if (isChanged() && !confirm("What you changed is not saved. Leave it?")) return;
  isWhole = !isWhole;
  await show(opened);
};

// ---- the proof

const showProof = async () => {
  if (isWhole) return;
  const mine = ++asked;
  try {
    const { html, found } = await tell("proof", { values: values(), body: editor.text, language: article.language });
    if (mine !== asked) return;
    const frame = place("proof");
    const top = frame.contentWindow?.scrollY ?? 0;
    frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, top), { once: true });
    frame.srcdoc = html;
    place("faults").replaceChildren(...found.map((it) => element("li", {}, element("button", {
      type: "button", onclick: () => editor.goTo(it.line),
    }, `Line ${it.line}: ${it.message}. ${it.hint}`))));
  } catch (error) {
    say(error.message);
  }
};

// ---- saving

const now = () => (isWhole ? { text: editor.text } : { values: values(), body: editor.text });
let saved = "";
const isChanged = () => editor !== null && JSON.stringify(now()) !== saved;

const changed = () => {
  if (!editor) return;
  const differs = isChanged();
  place("save").disabled = !differs;
  state(differs ? "Not saved" : "Saved");
  clearTimeout(waiting);
  waiting = setTimeout(showProof, 200);
};

const show = async (file) => {
  opened = file;
  isWhole = isWhole || Boolean(file.only_whole);
  const title = file.values?.title ?? path.split("/").pop();
  document.title = `${title} – Desk`;
  place("heading").textContent = title;
  place("heading").lang = article.language;
  const page = place("page");
  page.hidden = !file.link;
  if (file.link) page.href = file.link;
  showForm();
  editor = null;
  editor = await makeEditor(isWhole ? file.text : file.body);
  saved = JSON.stringify(now());
  changed();
  showBeside();
  await tellHistory();
  await showProof();
};

// After a save the person goes on where they are: nothing under their hands is made anew.
const keep = async (file, told) => {
  opened = file;
  saved = told;
  changed();
  place("heading").textContent = file.values?.title ?? place("heading").textContent;
  try {
    article = await ask("article", { path });
  } catch (error) {
    say(error.message);
  }
  showBeside();
  await tellHistory();
};

const tellHistory = async () => {
  const { older } = await ask("history", { path });
  place("undo").disabled = older.length === 0;
};

const save = async () => {
  if (!editor || !isChanged()) return;
  if (!isWhole) dropEmptyRows();
  const told = now();
  say("");
  showWrong({});
  place("save").disabled = true;
  state("Saving …");
  try {
    const file = await tell("save", { path, digest: opened.digest, ...told });
    await keep(file, JSON.stringify(told));
  } catch (error) {
    changed();
    if (error.status === 409) showConflict(error.told.now);
    else say(error.message);
    if (error.told?.wrong) showWrong(error.told.wrong);
  }
};

const bringBack = async (number) => {
  if (isChanged() && !confirm("What you changed is not saved. Leave it?")) return;
  say("");
  try {
    const file = await tell("bring-back", { path, digest: opened.digest, ...(number ? { number } : {}) });
    isWhole = false;
    article = await ask("article", { path });
    await show(file);
    state("Brought back");
  } catch (error) {
    if (error.status === 409) showConflict(error.told.now);
    else say(error.message);
  }
};

// What only one of the two has changed is taken from that one; what both have changed stays as they saved it.
const merged = (mine, theirs) => {
  const sides = [opened, mine, theirs].map((it) => ({ ...it.values, body: it.body }));
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const [before, own, now_] = sides;
  const file = { ...theirs, values: { ...theirs.values } };
  const lost = [];
  for (const name of Object.keys(own)) {
    if (same(own[name], before[name]) || same(own[name], now_[name])) continue;
    if (!same(now_[name], before[name])) lost.push([name, own[name]]);
    else if (name === "body") file.body = own.body;
    else file.values[name] = own[name];
  }
  return { file, lost };
};

const showConflict = (theirs) => {
  const mine = now();
  const canMerge = !isWhole && theirs.values !== null;
  const { file, lost } = canMerge ? merged(mine, theirs) : { file: theirs, lost: [["text", mine.text ?? mine.body]] };
  const words = (value) => (typeof value === "string" ? value : JSON.stringify(value, null, 1));
  place("conflict-words").textContent = lost.length
    ? "Nothing was written. Both of you changed the same: what they saved stays, and what you wrote there is below. Copy what you need."
    : "Nothing was written. You changed other things than they did: save once more, and both are kept.";
  place("theirs").value = theirs.text;
  place("mine").value = lost.map(([name, value]) => `${name}:\n${words(value)}`).join("\n\n");
  place("mine").closest("div").hidden = !lost.length;
  const dialog = place("conflict");
  dialog.addEventListener("close", async () => {
    await show(file);
    saved = canMerge ? "" : saved;
    changed();
  }, { once: true });
  dialog.showModal();
};

const done = async () => {
  if (isChanged()) { say("Save first."); return; }
  try {
    const file = await tell("done", { path, digest: opened.digest });
    await keep(file, saved);
    if (isWhole) await show(file);
  } catch (error) {
    if (error.status === 409) showConflict(error.told.now);
    else say(error.message);
  }
};

place("form").addEventListener("input", changed);
place("form").addEventListener("submit", (event) => { event.preventDefault(); save(); });
place("save").addEventListener("click", save);
place("undo").addEventListener("click", () => bringBack());
addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    save();
  }
});
addEventListener("beforeunload", (event) => { if (isChanged()) event.preventDefault(); });

try {
  article = await ask("article", { path });
  await show(article);
  const line = Number(query.get("line") ?? 0);
  if (line) editor.goTo(isWhole ? line : line - opened.body_line + 1);
} catch (error) {
  say(error.message);
  state("");
}
