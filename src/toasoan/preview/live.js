// Keeps an open page of the preview as it would be if it were loaded now: in every page that the preview serves.

const here = new URL(import.meta.url);
const edition = here.searchParams.get("edition");
const NAME = "toasoan-mistakes";

const LOOK = `
  :host { all: initial; }
  section {
    position: fixed; inset: auto 0 0 0; z-index: 2147483647; box-sizing: border-box; max-block-size: 70vh;
    overflow: auto; padding: 1rem 1.25rem 1.25rem; border-block-start: 4px solid #ff6b5e; background: #1d1f24;
    color: #f4f4f4; font: 16px/1.5 system-ui, sans-serif; text-align: left; direction: ltr;
    box-shadow: 0 -4px 24px rgb(0 0 0 / .4);
  }
  header { display: flex; gap: 1rem; align-items: start; justify-content: space-between; }
  h2 { margin: 0 0 .5rem; font-size: 1.1rem; }
  ol { margin: 0; padding: 0; list-style: none; }
  li { margin-block-start: .75rem; }
  code { color: #ffb3ab; font: 14px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
  p { margin: .1rem 0 0; overflow-wrap: anywhere; }
  .hint { color: #b9d7ff; }
  button {
    min-block-size: 44px; padding: 0 1rem; border: 1px solid #888; border-radius: 4px; background: none;
    color: inherit; font: inherit; cursor: pointer;
  }
  :focus-visible { outline: 3px solid #ffd479; outline-offset: 2px; }`;

const element = (name, text, attributes = {}) => {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...[text].flat());
  return made;
};

const hide = () => document.querySelector(NAME)?.remove();

const show = (mistakes) => {
  hide();
  if (!mistakes.length) return;
  const place = ({ path, line }) => (line ? `${path}:${line}` : path);
  const items = mistakes.map((it) => element("li", [
    element("code", place(it)),
    element("p", it.message),
    ...(it.hint ? [element("p", `Hint: ${it.hint}`, { className: "hint" })] : []),
  ]));
  const told = mistakes.length === 1
    ? "One mistake. The last good pages stay until it is mended."
    : `${mistakes.length} mistakes. The last good pages stay until they are mended.`;
  const button = element("button", "Hide", { type: "button", onclick: hide });
  const section = element("section", [
    element("header", [element("h2", told), button]),
    element("ol", items),
  ], { lang: "en", role: "alert" });
  const host = document.createElement(NAME);
  host.attachShadow({ mode: "open" }).append(element("style", LOOK), section);
  document.documentElement.append(host);
};

const dress = (link) => {
  const stem = link.replace(/\.[0-9a-f]+\.css$/, "");
  const olds = [...document.querySelectorAll('link[rel="stylesheet"]')].filter((it) =>
    it.getAttribute("href").startsWith(`${stem}.`));
  if (!olds.length || olds.some((it) => it.getAttribute("href") === link)) return;
  const made = olds[0].cloneNode();
  made.href = link;
  made.addEventListener("load", () => olds.forEach((it) => it.remove()));
  made.addEventListener("error", () => made.remove());
  olds[0].after(made);
};

const tellProgress = ([done, total]) => {
  const words = document.querySelector("[data-read]");
  if (words && total) words.textContent = `${done} of ${total} articles`;
};

let shown = "[]";
let events = null;

const hear = ({ data }) => {
  const status = JSON.parse(data);
  if (status.edition !== edition) {
    hang();
    location.reload();
    return;
  }
  if (status.style) dress(status.style);
  tellProgress(status.read);
  const mistakes = JSON.stringify(status.mistakes);
  if (mistakes !== shown) show(status.mistakes);
  shown = mistakes;
};

// A browser has six connections for a host, and each page that listens takes one: hidden ones do not listen.
const hang = () => {
  events?.close();
  events = null;
};
const listen = () => {
  hang();
  if (document.hidden) return;
  events = new EventSource(here.pathname.replace(/[^/]+$/, "events"));
  events.addEventListener("message", hear);
};

listen();
document.addEventListener("visibilitychange", listen);
addEventListener("keydown", ({ key }) => key === "Escape" && hide());
addEventListener("pagehide", hang);
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
