// Comforts only: every page works without this file.
const doc = document;
doc.documentElement.classList.add("js");

const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No clipboard over plain HTTP or in an old browser: the selection still does it.
    const field = doc.createElement("textarea");
    field.className = "hide";
    field.value = text;
    doc.body.append(field);
    field.select();
    const done = doc.execCommand("copy");
    field.remove();
    return done;
  }
};

doc.addEventListener("click", async (event) => {
  const { target } = event;
  for (const menu of doc.querySelectorAll(".langs[open]")) {
    if (!menu.contains(target)) menu.open = false;
  }

  if (target.closest("[data-print]")) print();

  // A player of another site takes the place of the picture once the reader asks for it. Who opens a link in a new
  // tab wants the other site itself.
  const video = target.closest("[data-player]");
  if (video && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
    event.preventDefault();
    const frame = doc.createElement("iframe");
    frame.className = "pic";
    frame.src = video.dataset.player;
    frame.title = video.getAttribute("aria-label");
    frame.allow = "autoplay; fullscreen; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    video.replaceWith(frame);
    frame.focus();
  }

  const button = target.closest("[data-copy]");
  if (!button) return;
  const status = button.closest(".share")?.querySelector("[data-share-status]");
  if (status) status.textContent = "";
  const link = doc.querySelector("link[rel=canonical]")?.href ?? location.href;
  const done = await copy(link);
  button.focus();
  // When nothing could be copied, the address itself is shown, to be taken by hand.
  if (status) status.textContent = done ? button.dataset.copied : link;
});

// The box for searching has a script of its own, for those who ask for it; without it the link leads to its page.
const searching = doc.querySelector("[data-search-link]");
const search = async () => (await import(searching.dataset.searchLink)).open(searching.href);
searching?.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  search().catch(() => location.assign(searching.href));
});
doc.addEventListener("keydown", (event) => {
  const asked = event.key === "/" || (event.key === "k" && (event.ctrlKey || event.metaKey));
  if (!searching || !asked || event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  searching.click();
});
if (searching && doc.querySelector("[data-search]")) import(searching.dataset.searchLink);

doc.addEventListener("keydown", ({ key }) => {
  const menu = key === "Escape" && doc.querySelector(".langs[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// The form for comments has a script of its own, for those who come near it.
const comments = doc.querySelector("[data-comments]");
if (comments) {
  const watch = new IntersectionObserver((seen) => {
    if (!seen.some((it) => it.isIntersecting)) return;
    watch.disconnect();
    import(comments.dataset.comments);
  }, { rootMargin: "600px" });
  watch.observe(comments);
}
