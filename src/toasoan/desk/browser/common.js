// What both pages of the desk have in common: asking the server, and making elements.

const token = document.querySelector('meta[name="token"]').content;

export class Refused extends Error {
  constructor(status, told) {
    super(told.message ?? "The preview did not understand this.");
    this.status = status;
    this.told = told;
  }
}

const answer = async (path, options) => {
  let response;
  try {
    response = await fetch(`/_desk/api/${path}`, { ...options, headers: { ...options.headers, "X-Desk-Token": token } });
  } catch {
    throw new Refused(0, { message: "The preview does not answer. Is it still running?" });
  }
  let told = {};
  try {
    told = await response.json();
  } catch {
    told = { message: `The preview says ${response.status}.` };
  }
  if (!response.ok) throw new Refused(response.status, told);
  return told;
};

export const ask = (name, query = {}) => answer(`${name}?${new URLSearchParams(query)}`, {});

export const tell = (name, values) => answer(name, {
  method: "POST", body: JSON.stringify(values), headers: { "Content-Type": "application/json" },
});

export const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return made;
};

export const place = (id) => document.getElementById(id);

export const say = (words) => { place("message").textContent = words; };

export const editLink = (path, line) => `/_desk/edit?${new URLSearchParams(line ? { path, line } : { path })}`;
