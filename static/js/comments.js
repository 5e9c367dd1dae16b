// The form for comments. Whatever comes from readers or from the server is put in as text, never as markup.
const part = document.querySelector("[data-comments]");
const { server, page, reply } = part.dataset;
const form = part.querySelector("template").content.firstElementChild.cloneNode(true);
const { author, text, cancel } = form.elements;
const status = form.querySelector("[role=status]");
const heading = form.querySelector("h3");
const own = heading.textContent;
const key = `comment ${page}`;
let parent = null;
let answering = null;

// A browser may refuse to keep anything; the form works all the same.
const kept = (act) => {
  try {
    return act(localStorage);
  } catch {
    return null;
  }
};

const keep = () => kept((store) => {
  if (author.value || text.value) store.setItem(key, JSON.stringify([author.value, text.value, parent]));
  else store.removeItem(key);
});

const answer = (button) => {
  const comment = button.parentElement;
  answering?.toggleAttribute("hidden", false);
  answering = button;
  button.hidden = true;
  parent = +comment.dataset.comment;
  heading.textContent = button.ariaLabel;
  cancel.hidden = false;
  comment.append(form);
};

const write = () => {
  answering?.toggleAttribute("hidden", false);
  answering = parent = null;
  heading.textContent = own;
  cancel.hidden = true;
  part.append(form);
};

const fault = (field, words) => {
  form.querySelector(`#${field.id}_fault`).textContent = words;
  if (words) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  return words && field;
};

const faulty = () => {
  const { missing, short } = form.dataset;
  const length = text.value.trim().length;
  return [
    fault(author, author.value.trim() ? "" : missing),
    fault(text, length ? (length < 3 ? short : "") : missing),
  ].find(Boolean);
};

const send = async () => {
  const answered = await fetch(`${server}/new?uri=${encodeURIComponent(page)}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    credentials: "omit",
    signal: AbortSignal.timeout?.(20000),
    body: JSON.stringify({
      author: author.value.trim(),
      text: text.value.trim(),
      parent,
      title: document.querySelector("h1").textContent,
    }),
  });
  if (!answered.ok) throw answered;
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (form.ariaBusy) return;
  status.textContent = "";
  const wrong = faulty();
  if (wrong) {
    wrong.focus();
    return;
  }
  keep();
  form.ariaBusy = "true";
  try {
    await send();
    text.value = "";
    kept((store) => store.removeItem(key));
    status.textContent = form.dataset.sent;
  } catch {
    status.textContent = form.dataset.failed;
  }
  form.ariaBusy = null;
});

form.addEventListener("input", ({ target }) => {
  fault(target, "");
  keep();
});

cancel.addEventListener("click", () => {
  const button = answering;
  write();
  keep();
  button.focus();
});

const buttons = new Map();
for (const comment of part.querySelectorAll("[data-comment]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "chip";
  button.textContent = reply;
  // Whom one answers is in the name, for those who hear one button after the other.
  const name = comment.querySelector("bdi")?.textContent;
  button.ariaLabel = name ? `${reply}: ${name}` : reply;
  button.addEventListener("click", () => {
    answer(button);
    keep();
    (author.value ? text : author).focus();
  });
  comment.append(button);
  buttons.set(+comment.dataset.comment, button);
}

part.querySelector("[data-without-script]").remove();
write();
const draft = kept((store) => JSON.parse(store.getItem(key)));
if (draft) {
  [author.value, text.value] = draft;
  const button = buttons.get(draft[2]);
  if (button) answer(button);
}
