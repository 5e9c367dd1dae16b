// The list of stories, the queue of imports, and what the last build found.

import { ask, editLink, element, place, say, tell } from "./common.js";

const VIEWS = [
  ["all", "All stories"], ["drafts", "Drafts"], ["scheduled", "Scheduled"], ["published", "Published"],
  ["withdrawn", "Withdrawn"], ["stale", "Stale translations"], ["mistakes", "With mistakes"],
  ["review", "To review"], ["found", "Diagnostics"],
];
const STATES = {
  draft: "draft", scheduled: "scheduled", published: "", expired: "expired", withdrawn: "withdrawn", mistaken: "mistake",
};

const wanted = () => {
  const query = new URLSearchParams(location.hash.slice(1));
  return { show: query.get("show") ?? "all", words: query.get("words") ?? "", page: Number(query.get("page") ?? 0) };
};

const goTo = (changes) => {
  const next = Object.entries({ ...wanted(), page: 0, ...changes }).filter(([, value]) => value);
  location.hash = new URLSearchParams(next);
};

let asked = 0;
let open = 0; // entries of the queue that wait

const showViews = (counts) => {
  const { show } = wanted();
  place("views").replaceChildren(...VIEWS.map(([key, name]) => {
    const count = key === "review" ? open : counts?.[key];
    const words = count === undefined ? name : `${name} (${count})`;
    return element("li", {}, element("button", {
      type: "button", "data-view": key, "aria-current": key === show ? "true" : false, onclick: () => goTo({ show: key }),
    }, words));
  }));
};

const version = (it, languages) => {
  const notes = [
    STATES[it.state], it.stale ? "stale" : "", it.origin === "machine" ? "by machine" : it.origin === "original" ? "original" : "",
  ].filter(Boolean);
  const title = [it.title, it.problem, it.published].filter(Boolean).join(" · ");
  return element("li", {}, element("a", {
    href: editLink(it.path), class: it.stale ? "stale" : it.state, title,
  }, element("b", {}, it.language), element("span", { class: "hide" }, languages[it.language] ?? ""), notes.join(", ")));
};

const begin = async (story, language, button) => {
  button.disabled = true;
  try {
    const { path } = await tell("translate", { path: story.original, language });
    location.href = editLink(path);
  } catch (error) {
    say(error.message);
    button.disabled = false;
  }
};

const storyPart = (story, { languages, sections }) => {
  const missing = story.original === null ? [] : story.missing.map((tag) => {
    const button = element("button", { type: "button", class: "missing" },
      element("b", {}, tag), element("span", { class: "hide" }, `${languages[tag]}: `), "missing: begin");
    button.addEventListener("click", () => begin(story, tag, button));
    return element("li", {}, button);
  });
  const first = story.versions.find((it) => it.path === story.original) ?? story.versions[0];
  return element("article", { class: "story" },
    element("h2", { lang: first.language }, element("a", { href: editLink(first.path) }, story.title)),
    element("p", {}, [first.published ?? "no date", sections[story.section] ?? "no section",
      `${story.versions.length} of ${Object.keys(languages).length} languages`].join(" · ")),
    first.problem ? element("p", { class: "error" }, first.problem) : null,
    element("ul", { class: "versions", "aria-label": `Languages of ${story.title}` },
      story.versions.map((it) => version(it, languages)), missing));
};

const showStories = async (mine) => {
  const { show, words, page } = wanted();
  const told = await ask("stories", { show, words, page });
  if (mine !== asked) return;
  showViews(told.counts);
  place("progress").textContent = told.waiting ? `Reading: ${told.waiting} files to go` : `${told.total} stories`;
  const last = Math.ceil(told.total / told.at_once) - 1;
  const pages = element("div", { class: "pages" },
    element("button", { type: "button", disabled: page <= 0, onclick: () => goTo({ page: page - 1 }) }, "Newer"),
    element("span", {}, `Page ${page + 1} of ${Math.max(1, last + 1)}`),
    element("button", { type: "button", disabled: page >= last, onclick: () => goTo({ page: page + 1 }) }, "Older"));
  const empty = told.waiting ? null : element("p", {}, "There is nothing here.");
  place("content").replaceChildren(...told.stories.map((story) => storyPart(story, told)),
    ...(told.stories.length ? [pages] : [empty].filter(Boolean)));
  if (told.waiting) setTimeout(() => mine === asked && refresh(), 50);
};

const decide = async (values) => {
  try {
    const { found } = await tell("decide", values);
    say(found.map((it) => `${it.path}: ${it.message}. ${it.hint ?? ""}`).join(" "));
  } catch (error) {
    say(error.message);
  }
  await refresh();
  document.querySelector("#content button")?.focus() ?? place("main").focus();
};

const shortPath = (path) => path.replace("site/content/", "");

const showReview = async (mine) => {
  const { digest, article, same_story: stories } = await ask("review");
  if (mine !== asked) return;
  const waiting = [...stories.filter((it) => !it.answer), ...article.filter((it) => !it.done)];
  open = waiting.length;
  showViews();
  place("progress").textContent = `${waiting.length} to decide`;
  const answers = (it) => element("div", { class: "acts" },
    element("button", { type: "button", class: "first", onclick: () => decide({ digest, articles: it.articles, answer: "yes" }) }, "One story"),
    element("button", { type: "button", onclick: () => decide({ digest, articles: it.articles, answer: "no" }) }, "Two stories"));
  place("content").replaceChildren(
    ...stories.filter((it) => !it.answer).map((it) => element("article", { class: "entry" },
      element("h2", {}, "Is this one story in two languages?"),
      element("ul", {}, it.articles.map((path) => element("li", {}, element("a", { href: editLink(path) }, shortPath(path))))),
      element("p", {}, `${it.confidence} %: ${it.because}`), answers(it))),
    ...article.filter((it) => !it.done).map((it) => element("article", { class: "entry" },
      element("h2", {}, element("a", { href: editLink(it.path) }, shortPath(it.path))),
      element("ul", {}, it.look_at.map((words) => element("li", {}, words))),
      element("p", {}, `from ${it.source}`),
      element("div", { class: "acts" }, element("button", {
        type: "button", class: "first", onclick: () => decide({ digest, path: it.path, done: true }),
      }, "Looked at")))),
    ...(waiting.length ? [] : [element("p", {}, "Nothing waits for a decision.")]));
};

const showFound = async (mine) => {
  const { found } = await ask("found");
  if (mine !== asked) return;
  showViews();
  place("progress").textContent = `${found.length} found by the last build`;
  const isText = (path) => path.startsWith("site/content/") && path.endsWith(".md");
  const where = (it) => (it.line ? `${it.path}:${it.line}` : it.path);
  place("content").replaceChildren(...found.map((it) => element("article", { class: "entry" },
    element("h2", {}, isText(it.path) ? element("a", { href: editLink(it.path, it.line) }, where(it)) : where(it)),
    element("p", { class: it.severity }, `${it.severity === "error" ? "Mistake" : "Warning"}: ${it.message}`),
    it.hint ? element("p", {}, `Hint: ${it.hint}`) : null)),
  ...(found.length ? [] : [element("p", {}, "The last build found nothing.")]));
};

const refresh = async () => {
  const mine = ++asked;
  const { show } = wanted();
  try {
    await (show === "review" ? showReview : show === "found" ? showFound : showStories)(mine);
  } catch (error) {
    say(error.message);
  }
};

place("search").addEventListener("submit", (event) => {
  event.preventDefault();
  const { show } = wanted();
  goTo({ words: place("words").value, show: ["review", "found"].includes(show) ? "all" : show });
});
addEventListener("hashchange", () => { say(""); refresh(); });
addEventListener("focus", refresh); // what others changed meanwhile

place("words").value = wanted().words;
showViews();
ask("review").then(({ article, same_story: stories }) => {
  open = stories.filter((it) => !it.answer).length + article.filter((it) => !it.done).length;
}, () => {}).then(refresh);
