// Search without a server: what is typed is folded like the words of the index and looked up in a few small files.
const get = (() => {
  const asked = new Map();
  return (link, kind, again) => {
    if (!asked.has(link) || again) {
      const answer = fetch(link, again && { cache: "reload" }).then((it) => {
        if (!it.ok) throw new Error(`${it.status} ${link}`);
        return it[kind]();
      });
      asked.set(link, answer);
      answer.catch(() => asked.delete(link));
    }
    return asked.get(link);
  };
})();

// ---- words

const mapOf = (lines) => new Map(lines.trimEnd().split("\n").map((line) => [[...line][0], [...line].slice(1).join("")]));
const regexes = (rules) => rules.map(([pattern, by]) => [new RegExp(pattern, "gu"), by.replaceAll("\\", "$")]);
const replaced = (text, rules) => rules.reduce((it, [pattern, by]) => it.replace(pattern, by), text);

const folding = (rules) => {
  const { sounds } = rules;
  const unspaced = rules.pairs + rules.triples;
  const letters = mapOf(rules.letters);
  const marks = new RegExp(`[${rules.marks}]+`, "g");
  const inner = new RegExp(`([\\p{L}\\p{N}])[${rules.apostrophes}](?=[\\p{L}\\p{N}])`, "gu");
  const token = new RegExp(`[${unspaced}]+|(?:(?![${unspaced}])[\\p{L}\\p{M}\\p{N}\\u200c\\u200d\\u0640])+`, "gu");
  const shown = rules.joins ? new RegExp(`(?:${token.source})(?:[${rules.apostrophes}](?:${token.source}))*`, "giu") : new RegExp(token.source, "giu");
  const run = new RegExp(`^[${unspaced}]`);
  const pairs = new RegExp(`^[${rules.pairs}]`);
  const changes = regexes(rules.changes);
  const prefixes = (rules.prefixes ?? []).map((it) => new RegExp(it));
  const endings = new Set(["", ...rules.endings.split(" ")]);
  const longest = Math.max(...[...endings].map((it) => it.length));
  const heard = sounds && mapOf(sounds.letters);
  const latin = sounds && regexes(sounds.latin);
  const common = sounds && regexes(sounds.common);
  const initials = sounds && regexes(sounds.initials);
  const isLatin = (plain) => Boolean(sounds) && /^[a-z]/.test(plain);

  const plain = (form) => [...form.normalize("NFD").replace(marks, "")].map((it) => letters.get(it) ?? it).join("").normalize("NFC");
  const key = (it) => {
    if (!sounds) return it.slice(0, rules.longest);
    // eslint-disable-next-line no-control-regex
    const said = /^[\x00-\x7f]*$/.test(it) ? replaced(it, latin) : [...it].map((one) => heard.get(one) ?? one).join("");
    return (replaced(said, common) || it).slice(0, rules.longest);
  };
  const cleaned = (text) => text.normalize("NFKC").toLowerCase().replace(inner, rules.joins ? "$1" : "$1 ");
  // Every ending that a word may have leaves another stem: which of them it is, only the language knows.
  const stemsOf = (it) => {
    const found = [it];
    for (let cut = 1; cut <= Math.min(longest, it.length - 3); cut += 1) {
      if (endings.has(it.slice(-cut))) found.push(it.slice(0, -cut));
    }
    return [...new Set([...found, ...found.flatMap((stem) => changes.map((one) => replaced(stem, [one])))])];
  };

  // What a typed word may stand for: as it is, without what is written together with it, in other letters.
  const readings = (form) => {
    const first = plain(form);
    const all = [first, ...prefixes.filter((it) => it.test(first)).map((it) => first.replace(it, ""))];
    if (isLatin(first)) all.push(...initials.map((it) => replaced(first, [it])));
    return [...new Set(all)].map((it) => {
      const stems = isLatin(it) ? [] : stemsOf(it).filter((one) => one.length > 2);
      return { plain: it, key: key(it), stems };
    });
  };

  const words = (text) => (cleaned(text).match(token) ?? []).flatMap((form) => {
    if (!run.test(form)) {
      const read = readings(form);
      return read[0].plain ? [{ form, latin: isLatin(read[0].plain), readings: read }] : [];
    }
    const width = pairs.test(form) ? 2 : 3;
    const count = Math.max(1, form.length - width + 1);
    return Array.from({ length: count }, (_, at) => {
      const piece = plain(form.slice(at, at + width));
      return { form: piece, piece: true, run: form, whole: form.length >= width, readings: [{ plain: piece, key: piece, stems: [] }] };
    });
  });

  // How near a word of the index comes to a typed one, from 0 to 1.
  const nearness = (word, line) => {
    if (word.piece) return line.key === word.form || (!word.whole && line.key.startsWith(word.form)) ? 1 : 0;
    if (line.form === word.form) return 1;
    line.plain ??= plain(line.form);
    let best = 0;
    word.readings.forEach((reading, place) => {
      const said = prefixes.length ? line.key : word.latin ? line.key : line.plain;
      const wanted = word.latin && !isLatin(line.plain) ? reading.key : reading.plain;
      const it = word.latin && isLatin(line.plain) ? line.plain : said;
      let near = 0;
      if (it === wanted) near = word.form === word.readings[0].plain ? 0.95 : 0.7;
      else if (reading.stems.some((one) => it.startsWith(one) && endings.has(it.slice(one.length)))) near = 0.75;
      else if (wanted.length > 1 && it.startsWith(wanted)) near = 0.35 + (0.3 * wanted.length) / it.length;
      best = Math.max(best, near * (place ? 0.9 : 1));
    });
    return best;
  };

  // One letter wrong, too many, missing, or two in the wrong order; what follows may be an ending.
  const slipped = (word, line) => {
    line.plain ??= plain(line.form);
    const a = word.latin ? word.readings[0].key : word.readings[0].plain;
    const b = word.latin ? line.key : line.plain;
    if (b.length < a.length - 1 || b.length > a.length + 3) return 0;
    let at = 0;
    while (at < a.length && a[at] === b[at]) at += 1;
    const fits = b.startsWith(a.slice(at + 1), at + 1) || b.startsWith(a.slice(at), at + 1) || b.startsWith(a.slice(at + 1), at)
      || (a[at] === b[at + 1] && a[at + 1] === b[at] && b.startsWith(a.slice(at + 2), at + 2));
    return fits ? 0.5 - 0.05 * Math.abs(b.length - a.length) : 0;
  };

  const lookups = (word) => word.readings.flatMap((it) => [it.key, ...it.stems.map(key)])
    .map((it) => (sounds && it.length > 2 ? it.replace(/i+$/, "") : it));
  const lineOf = (form) => ({ key: key(plain(form)), form });
  return { words, nearness, slipped, lookups, lineOf, shown, cleaned };
};

// ---- the index

const MOST = 40; // words that are looked up
const CODES = new Map([..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"].map((it, place) => [it, place]));

const linesOf = (text) => text.split("\n").map((line) => {
  const [key, form, found] = line.split(" ");
  return { key, form: form || key, found };
});

const opened = async (base, again) => {
  const told = await get(`${base}index.json`, "json", again);
  const folded = folding(told.folding);
  let before = 0;
  const segments = told.segments.map((it) => {
    const shards = it.shards.split("\n").map((line) => line.split(" "));
    const segment = { ...it, before, shards, cards: it.cards.split(" ") };
    before += it.size;
    return segment;
  });
  const total = before || 1;
  const read = (name, kind) => get(`${base}${name}`, kind);
  const parsed = new Map();
  const lines = async (name) => {
    if (!parsed.has(name)) parsed.set(name, linesOf(await read(name, "text")));
    return parsed.get(name);
  };
  const shardsFor = ({ shards }, prefixes) => shards.filter(([start], at) => prefixes.some((it) => start.startsWith(it)
    || (start <= it && (at + 1 === shards.length || shards[at + 1][0] > it)))).map(([, name]) => name);

  // The articles of a segment that have a word, each with what that is worth and the stretches where it stands.
  const search = async (segment, word, prefixes, near, most = Infinity) => {
    const names = shardsFor(segment, prefixes);
    const found = { all: false, articles: new Map() };
    if (names.length > most) return found;
    for (const shard of await Promise.all(names.map(lines))) {
      for (const line of shard) {
        const worth = prefixes.some((it) => line.key.startsWith(it)) && near(word, line);
        if (!worth) continue;
        let { found: list } = line;
        if (list[0] === "!") {
          found.all ||= worth > 0.7;
          list = list.slice(1);
        }
        for (let at = 0; at < list.length;) {
          const article = CODES.get(list[at]) * 64 + CODES.get(list[at + 1]);
          const head = CODES.get(list[at + 2]);
          const size = head & 3;
          const places = [...list.slice(at + 3, at + 3 + size)].map((it) => CODES.get(it));
          at += 3 + size;
          const score = worth * (2 + (head >> 2));
          const known = found.articles.get(article);
          if (!known || known.score < score) found.articles.set(article, { score, places });
        }
      }
    }
    return found;
  };

  const everywhere = (word, prefixes, near, most) => Promise.all(segments.map((it) => search(it, word, prefixes, near, most)));
  const count = (found) => found.reduce((sum, it) => sum + it.articles.size + it.all, 0);

  const look = async (word) => {
    let found = await everywhere(word, folded.lookups(word), folded.nearness);
    if (!count(found) && !word.piece && word.readings[0].plain.length > 4) {
      const { key } = word.readings[0];
      for (const prefixes of [[key.slice(0, 2)], [key[0], key[1]], [""]]) {
        // One after the other: only who has slipped waits for more.
        // eslint-disable-next-line no-await-in-loop
        found = await everywhere(word, prefixes, folded.slipped, 24);
        if (count(found)) break;
      }
    }
    return found;
  };

  const near = (a, b) => a && b && a.some((one) => b.some((two) => Math.abs(one - two) < 2));

  const matches = async (typed) => {
    const words = folded.words(typed).slice(0, MOST);
    // Names that Cyrillic letters write as one word, such as that of Hanoi, people type as two.
    const joined = words.slice(1).map((it, at) => (it.latin && words[at].latin ? folded.words(words[at].form + it.form)[0] : null));
    const [found, together] = await Promise.all([
      Promise.all(words.map(look)),
      Promise.all(joined.map((it) => (it ? everywhere(it, folded.lookups(it), folded.nearness) : null))),
    ]);
    const rarity = found.map((it) => Math.log(1 + total / (1 + count(it))) + 0.1);
    const least = words.length > 2 ? Math.ceil(words.length * 0.75 - 0.01) : words.length;
    const results = [];
    let best = 0;
    segments.forEach((segment, at) => {
      const articles = new Set(found.flatMap((it) => [...it[at].articles.keys()]));
      together.forEach((it) => it?.[at].articles.forEach((_, article) => articles.add(article)));
      articles.forEach((article) => {
        const hits = found.map((it) => it[at].articles.get(article));
        together.forEach((it, place) => {
          const hit = it?.[at].articles.get(article);
          if (hit) {
            hits[place] ??= hit;
            hits[place + 1] ??= hit;
          }
        });
        const has = hits.filter((hit, place) => hit || found[place][at].all).length;
        if (has < least) return;
        let score = 0;
        hits.forEach((hit, place) => {
          if (!hit) return;
          score += hit.score * rarity[place];
          if (near(hits[place - 1]?.places, hit.places)) score += 4 * Math.min(rarity[place - 1], rarity[place]);
        });
        const order = segment.before + article;
        best = Math.max(best, has);
        results.push({ segment, article, order, has, score: score * (1 + (0.15 * order) / total) });
      });
    });
    const shown = results.filter((it) => it.has === best).sort((a, b) => b.score - a.score || b.order - a.order);
    return { words, results: shown, isPart: best < words.length && shown.length > 0 };
  };

  const card = async ({ segment, article }) => {
    const cards = await read(segment.cards[Math.floor(article / told.perCards)], "json");
    return cards[article % told.perCards];
  };

  const fitting = async (results, { section, agency, from, to }) => {
    if (!section && !agency && !from && !to) return results;
    const traits = new Map(await Promise.all(segments.map(async (it) => [it, await read(it.traits, "json")])));
    return results.filter(({ segment, article }) => {
      const { sections, agencies, rows } = traits.get(segment);
      const [of, by, day] = rows[article];
      return (!section || sections[of] === section) && (!agency || agencies[by] === agency)
        && (!from || day >= from) && (!to || (day && day <= to));
    });
  };

  return { matches, card, fitting, folded };
};

const indexes = new Map();
const indexAt = (base, again) => {
  if (again || !indexes.has(base)) {
    indexes.set(base, opened(base, again));
    indexes.get(base).catch(() => indexes.delete(base));
  }
  return indexes.get(base);
};

// A portal that was published anew in the meantime has other files: look at its directory again, once.
const withIndex = async (base, act) => {
  try {
    return await act(await indexAt(base));
  } catch {
    return act(await indexAt(base, true));
  }
};

// ---- what is seen

const element = (name, values = {}, ...children) => {
  const it = Object.assign(document.createElement(name), values);
  it.append(...children);
  return it;
};

// The text with the words that were looked for marked; null if there is none of them.
const marked = (text, words, { shown, nearness, lineOf, cleaned }) => {
  const parts = [];
  let end = 0;
  const mark = (start, length) => {
    parts.push(text.slice(end, start), element("mark", { textContent: text.slice(start, start + length) }));
    end = start + length;
  };
  for (const { 0: found, index } of text.matchAll(shown)) {
    const lower = cleaned(found);
    const runs = words.filter((it) => it.piece);
    const form = lower.length === found.length ? lower : found;
    if (words.some((it) => !it.piece && nearness(it, lineOf(lower)) > 0.4)) mark(index, found.length);
    const whole = runs.find((it) => form.includes(it.run));
    const pieces = whole ? [whole.run] : runs.map((it) => it.form);
    for (let at = 0; at < form.length; at += 1) {
      const piece = pieces.find((it) => form.startsWith(it, at));
      if (piece) {
        mark(index + at, piece.length);
        at += piece.length - 1;
      }
    }
  }
  return end ? [...parts, text.slice(end)] : null;
};

const pageAt = (link) => new Promise((done, failed) => {
  // A document of its own, in which no script runs.
  const request = Object.assign(new XMLHttpRequest(), { responseType: "document" });
  request.open("GET", link);
  request.onload = () => (request.response ? done(request.response) : failed(new Error(link)));
  request.onerror = failed;
  request.send();
});

const PART = 160;

// A part of the text itself where neither title nor summary says what was looked for.
const excerpt = async (link, words, folded) => {
  const page = await pageAt(link);
  for (const paragraph of page.querySelectorAll(".body :is(p, li, h2, h3, figcaption)")) {
    const text = paragraph.textContent.trim();
    const parts = marked(text, words, folded);
    if (parts) {
      const start = parts[0].length > PART / 2 ? parts[0].indexOf(" ", parts[0].length - PART / 2) : 0;
      return [`${start > 0 ? "… " : ""}${parts[0].slice(Math.max(0, start)).trimStart()}`, ...parts.slice(1)];
    }
  }
  return null;
};

const resultItem = ([link, title, summary, date, day, section, picture], words, folded, heading) => {
  const inTitle = marked(title, words, folded);
  const inSummary = marked(summary, words, folded);
  const text = element("p", {}, ...(inSummary ?? [summary]));
  if (!inTitle && !inSummary && !navigator.connection?.saveData) {
    const seen = new IntersectionObserver(async ([it]) => {
      if (!it.isIntersecting) return;
      seen.disconnect();
      const parts = await excerpt(link, words, folded).catch(() => null);
      if (parts) text.replaceChildren(...parts);
    });
    seen.observe(text);
  }
  const meta = element("p", { className: "meta" });
  if (date) meta.append(element("time", { dateTime: day, textContent: date }));
  return element("li", {}, element("article", { className: "card" },
    element("span", { className: "pic r43" }, element("img", { src: picture, alt: "", loading: "lazy", width: 320, height: 240 })),
    ...(section ? [element("p", { className: "kick", textContent: section })] : []),
    element(heading, {}, element("a", { href: link }, ...(inTitle ?? [title]))), text, meta));
};

const LANGUAGES = ".langs a[hreflang]:not([aria-current])";
const AT_ONCE = 10;
const FIRST = 3;
const PAUSE = 80; // milliseconds without a letter after which something is looked for

const start = (box, languages, isDialog) => {
  const { index, results: told, nothing, some, failed } = box.dataset;
  const form = box.querySelector("form");
  const { q } = form.elements;
  const filters = ["section", "agency", "from", "to"].map((name) => form.elements[name]).filter(Boolean);
  const list = box.querySelector("[data-search-results]");
  const status = box.querySelector("[role=status]");
  const others = box.querySelector("[data-search-languages]");
  const [more, elsewhere] = [...box.querySelectorAll("button[data-search-more], button[data-search-elsewhere]")];
  const { lang } = box.closest("[lang]");
  const heading = isDialog ? "h3" : "h2";
  let last = 0;
  let rest = [];
  let drawn = null;

  const items = async (open, words, some_, level) => Promise.all(some_.map(async (it) => resultItem(await open.card(it), words, open.folded, level)));

  const show = async () => {
    const page = rest.splice(0, AT_ONCE);
    list.append(...await items(drawn.open, drawn.words, page, heading));
    more.hidden = !rest.length;
  };

  const run = async () => {
    const mine = last += 1;
    const typed = q.value.trim();
    const wanted = Object.fromEntries(filters.map((it) => [it.name, it.value]));
    box.toggleAttribute("data-searching", Boolean(typed));
    if (!typed) {
      list.replaceChildren();
      others.replaceChildren();
      status.textContent = "";
      more.hidden = elsewhere.hidden = true;
      return;
    }
    try {
      await withIndex(index, async (open) => {
        const { words, results, isPart } = await open.matches(typed);
        const fit = await open.fitting(results, wanted);
        // The first ones are seen while the cards of the others are still on their way.
        const first = await items(open, words, fit.slice(0, FIRST), heading);
        if (mine !== last) return;
        list.replaceChildren(...first);
        others.replaceChildren();
        elsewhere.hidden = false;
        const number = told.replace("{count}", fit.length.toLocaleString(lang));
        status.textContent = fit.length ? `${isPart ? `${some} ` : ""}${number}` : nothing;
        list.setAttribute("aria-busy", "true");
        const next = await items(open, words, fit.slice(FIRST, AT_ONCE), heading);
        if (mine !== last) return;
        list.append(...next);
        list.setAttribute("aria-busy", "false");
        rest = fit.slice(AT_ONCE);
        drawn = { open, words };
        more.hidden = !rest.length;
      });
    } catch {
      if (mine === last) status.textContent = failed;
    }
  };

  const inAddress = () => {
    const values = `${new URLSearchParams([...new FormData(form)].filter(([, value]) => value))}`;
    return `${location.pathname}${values && "?"}${values}`;
  };
  const read = () => {
    const values = new URLSearchParams(location.search);
    [q, ...filters].forEach((it) => {
      it.value = values.get(it.name) ?? "";
    });
    return run();
  };

  let timer;
  form.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (!isDialog) history.replaceState(null, "", inAddress());
      run();
    }, PAUSE);
  });
  form.addEventListener("compositionend", () => form.dispatchEvent(new Event("input")));
  form.addEventListener("submit", (event) => {
    if (isDialog) return; // the page itself shows more
    event.preventDefault();
    clearTimeout(timer);
    if (inAddress() !== location.pathname + location.search) history.pushState(null, "", inAddress());
    run();
  });
  more.addEventListener("click", async () => {
    const next = list.children.length;
    await show();
    list.children[next]?.querySelector("a").focus();
  });
  elsewhere.addEventListener("click", async () => {
    elsewhere.hidden = true;
    const typed = q.value.trim();
    others.replaceChildren(...[...languages].map(() => element("section", { hidden: true })));
    const places = [...others.children];
    await Promise.all([...languages].map(async (link, at) => {
      const tag = link.hreflang;
      const base = link.getAttribute("href");
      const found = await withIndex(base, async (open) => {
        const { words, results, isPart } = await open.matches(typed);
        return isPart ? [] : { items: await items(open, words, results.slice(0, 3), "h3"), count: results.length };
      }).catch(() => []);
      if (!found.count || q.value.trim() !== typed) return;
      const { dir, textContent } = link.querySelector("[lang]");
      const part = Object.assign(places[at], { lang: tag, dir, hidden: false });
      const all = element("a", { href: `${base}?q=${encodeURIComponent(typed)}`, className: "chip", textContent: found.count.toLocaleString(tag) });
      part.append(element("h2", { textContent }), element("ul", { className: "list" }, ...found.items), all);
    }));
    if (places.every((it) => it.hidden)) status.textContent = nothing;
  });
  box.querySelector("[data-without-script]").remove();
  form.hidden = false;
  if (!isDialog) {
    addEventListener("popstate", read);
    read();
  }
  if (!q.value) q.focus();
  indexAt(index).catch(() => {}); // told when something is looked for
};

// The box: the form of the search page, over the page on which the reader is.
let dialog;
export const open = async (link) => {
  if (!dialog) {
    dialog = element("dialog", { className: "search-box" });
    document.body.append(dialog);
    dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
    dialog.showModal();
    try {
      const page = await pageAt(link);
      const box = document.importNode(page.querySelector("[data-search]"), true);
      dialog.append(box);
      dialog.setAttribute("aria-label", box.querySelector("input").ariaLabel);
      const close = box.querySelector("[data-search-close]");
      close.hidden = false;
      close.addEventListener("click", () => dialog.close());
      start(box, page.querySelectorAll(LANGUAGES), true);
    } catch {
      location.assign(link);
    }
    return;
  }
  dialog.showModal();
  dialog.querySelector("input")?.select();
};

const here = document.querySelector("[data-search]");
if (here) start(here, document.querySelectorAll(LANGUAGES), false);
