// serve.mjs MODULES HOST FOLDER PORT: serves a folder as a host of static sites would, by that host's own code as far as
// it is to be had: all of Cloudflare's and Firebase's; of Netlify's the parsers and the matching of rules; of Vercel's
// the check and the form of routes, which are gone through here after what its documentation says.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, name, folder, port] = process.argv.slice(2);
const require = createRequire(join(modules, "package.json"));
const load = async (module) => import(pathToFileURL(require.resolve(module)));
const mime = require("mime-types");

const isFile = async (path) => {
  try {
    return (await stat(join(folder, path))).isFile();
  } catch {
    return false;
  }
};
const body = (path) => readFile(join(folder, path));
const text = async (path) => ((await isFile(path)) ? readFile(join(folder, path), "utf8") : "");
const typeOf = (path) => mime.contentType(path.split("/").pop()) || "application/octet-stream";
const fail = (problems) => {
  if (problems.length) {
    console.error(problems.map((it) => it.message ?? JSON.stringify(it)).join("\n"));
    process.exit(3);
  }
};

async function cloudflare() {
  const esbuild = require("esbuild");
  const contents = ["asset-server/handler", "metadata-generator/createMetadataObject", "metadata-generator/parseHeaders"]
    .concat("metadata-generator/parseRedirects")
    .map((file) => `export * from "@cloudflare/pages-shared/${file}.ts";`)
    .join("\n");
  const built = await esbuild.build({
    stdin: { contents, resolveDir: modules }, bundle: true, write: false, format: "esm", platform: "node", logLevel: "error",
  });
  const own = await import(`data:text/javascript;base64,${Buffer.from(built.outputFiles[0].contents).toString("base64")}`);
  const headers = own.parseHeaders(await text("_headers"));
  const redirects = own.parseRedirects(await text("_redirects"));
  fail([...headers.invalid, ...redirects.invalid]);
  const said = [];
  const note = (message) => said.push({ message });
  const metadata = own.createMetadataObject({
    headers, redirects, deploymentId: "d", logger: { debug() {}, log() {}, info() {}, warn: note, error: note },
  });
  fail(said);
  return async (request) => {
    const answer = await own.generateHandler({
      request, metadata, logError: console.error,
      findAssetEntryForPath: async (path) => ((await isFile(path)) ? path : null),
      getAssetKey: (entry) => Buffer.from(entry).toString("hex"),
      negotiateContent: () => ({ encoding: null }),
      fetchAsset: async (key) => {
        const path = Buffer.from(key, "hex").toString();
        return { body: await body(path), contentType: typeOf(path) };
      },
    });
    const given = answer.body ? Buffer.from(await answer.arrayBuffer()) : Buffer.alloc(0);
    return { status: answer.status, headers: [...answer.headers], body: given };
  };
}

async function netlify() {
  const { parseAllHeaders } = await load("@netlify/headers-parser");
  const { parseAllRedirects } = await load("@netlify/redirect-parser");
  const redirector = require("netlify-redirector");
  const parsed = await parseAllHeaders({ headersFiles: [join(folder, "_headers")], configHeaders: [], minimal: false });
  const led = await parseAllRedirects({ redirectsFiles: [join(folder, "_redirects")], configRedirects: [], minimal: false });
  fail([...parsed.errors, ...led.errors]);
  const rules = led.redirects.map(({ from, query, ...rest }) => ({ ...rest, origin: from, params: query }));
  const matcher = rules.length ? await redirector.parseJSON(JSON.stringify(rules), {}) : { match: () => null };
  const found = async (path) => {
    for (const form of path.endsWith("/") ? [`${path}index.html`] : [path, `${path}/index.html`, `${path}.html`]) {
      if (await isFile(form)) return form;
    }
    return null;
  };
  return async (request) => {
    const url = new URL(request.url);
    const path = decodeURIComponent(url.pathname);
    const match = matcher.match({
      scheme: "http", host: url.hostname, path, query: url.search.slice(1), headers: {}, cookieValues: {},
      getHeader: () => "", getCookie: () => "",
    });
    let [status, file] = [200, await found(path)];
    if (match && (match.force || !file)) {
      if (match.status >= 300 && match.status < 400) {
        const location = match.to.includes("?") ? match.to : match.to + url.search;
        return { status: match.status, headers: [["location", location]], body: "" };
      }
      [status, file] = [match.status, await found(decodeURIComponent(match.to))];
    }
    if (!file) [status, file] = [404, "404.html"];
    const headers = { "content-type": typeOf(file), "cache-control": "public,max-age=0,must-revalidate" };
    // Where several paths fit, Netlify's own program for developers lets the later value count.
    for (const { values } of parsed.headers.filter(({ forRegExp }) => forRegExp.test(url.pathname))) {
      for (const [key, value] of Object.entries(values)) headers[key.toLowerCase()] = value;
    }
    return { status, headers: Object.entries(headers), body: await body(file) };
  };
}

async function vercel() {
  const { getTransformedRoutes, routesSchema } = require("@vercel/routing-utils");
  const Ajv = require("ajv");
  const settings = JSON.parse(await text("vercel.json"));
  const validate = new Ajv({ unknownFormats: "ignore" }).compile(routesSchema);
  fail(validate(settings.routes) ? [] : validate.errors);
  const { routes, error } = getTransformedRoutes(settings);
  fail(error ? [error] : []);
  const phases = { "": [] };
  let phase = "";
  for (const route of routes) {
    if (route.handle) phases[(phase = route.handle)] = [];
    else phases[phase].push(route);
  }
  const found = async (path) => {
    const plain = decodeURIComponent(path);
    for (const form of plain.endsWith("/") ? [`${plain}index.html`] : [plain, `${plain}/index.html`]) {
      if (await isFile(form)) return form;
    }
    return null;
  };
  const go = (list, path, headers) => {
    for (const route of list) {
      const match = new RegExp(route.src, "i").exec(path);
      if (!match) continue;
      const put = (value) => value.replace(/\$(\d)/g, (_, at) => match[at] ?? "");
      for (const [key, value] of Object.entries(route.headers ?? {})) headers[key.toLowerCase()] = put(value);
      if (!route.continue) return { status: route.status, dest: route.dest && put(route.dest) };
    }
    return null;
  };
  return async (request) => {
    const url = new URL(request.url);
    const headers = { "cache-control": "public, max-age=0, must-revalidate" };
    let end = go(phases[""], url.pathname, headers);
    if (end?.status >= 300 && end.status < 400) {
      headers.location += url.search;
      return { status: end.status, headers: Object.entries(headers), body: "" };
    }
    let [status, file] = [200, await found(url.pathname)];
    if (file) go(phases.hit ?? [], url.pathname, headers);
    else {
      end = go(phases.filesystem ?? [], url.pathname, headers) ?? { status: 404, dest: "/404.html" };
      [status, file] = [end.status, await found(end.dest)];
    }
    if (!headers["content-type"]) headers["content-type"] = typeOf(file);
    return { status, headers: Object.entries(headers), body: await body(file) };
  };
}

async function firebase() {
  const { default: superstatic } = require("superstatic");
  const { hosting } = JSON.parse(await text("firebase.json"));
  const app = require("connect")();
  app.use(superstatic({ config: { ...hosting, public: folder }, cwd: "/", fallthrough: false }));
  return app;
}

const makers = { cloudflare, netlify, vercel, firebase };
const serve = await makers[name]();
const listener =
  name === "firebase"
    ? serve
    : async (asked, answer) => {
        try {
          const it = await serve(new Request(`http://${asked.headers.host}${asked.url}`, { method: asked.method }));
          answer.writeHead(it.status, it.headers.flat());
          answer.end(asked.method === "HEAD" ? "" : it.body);
        } catch (problem) {
          console.error(problem);
          answer.writeHead(500).end();
        }
      };
createServer(listener).listen(Number(port), "127.0.0.1");
