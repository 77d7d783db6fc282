import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { basename, join } from "node:path";
import { build, type Metafile, type OutputFile, type Plugin } from "esbuild";
import { ROOT } from "./local-config.ts";
import { say } from "./terminal.ts";

const TARGET = join(ROOT, "dist/modules");
const BUILTIN = new RegExp(`^(node:)?(${builtinModules.filter((name) => !name.startsWith("_")).join("|")})$`);

/** Node's own modules are the runtime's (`nodejs_compat`); what CommonJS requires of them becomes an import. */
const runtimeBuiltins: Plugin = {
  name: "runtime-builtins",
  setup(pending) {
    pending.onResolve({ filter: BUILTIN }, ({ path, kind }) => {
      const name = path.replace(/^node:/, "");
      return kind === "require-call"
        ? { path: name, namespace: "required-builtin" }
        : { path: `node:${name}`, external: true };
    });
    pending.onLoad({ filter: /.*/, namespace: "required-builtin" }, ({ path }) => ({
      contents: `import builtin from "node:${path}"; module.exports = builtin;`,
      loader: "js",
    }));
  },
};

/**
 * Zod is taken by its names (`worker/http/zod.ts`), so that only what they reach is built. One package takes all of it as
 * an object, to add a method to the class that it gets here.
 */
const zodByName: Plugin = {
  name: "zod-by-name",
  setup(pending) {
    pending.onResolve({ filter: /^zod$/ }, ({ importer }) =>
      /[\\/]@hono[\\/]zod-openapi[\\/]/.test(importer) ? { path: "zod", namespace: "zod-by-name" } : null,
    );
    pending.onLoad({ filter: /.*/, namespace: "zod-by-name" }, () => ({
      contents: 'import { ZodType } from "zod"; export const z = { ZodType };',
      loader: "js",
      resolveDir: ROOT,
    }));
  },
};

/** What of OpenAI's SDK nothing here calls: all resources but embeddings and chat, and chat's own loops around tools. */
const RESOURCE = /[\\/]openai[\\/](?:resources[\\/].*|lib[\\/]\w*(?:Runner|Stream))\.mjs$/;
const CALLED = /resources[\\/](?:(?:index|embeddings|shared)\.mjs$|chat[\\/])/;

/** The SDK's client makes one of each resource when it is made itself, so each stays as a class that can do nothing. */
const calledResources: Plugin = {
  name: "called-resources",
  setup(pending) {
    pending.onLoad({ filter: RESOURCE }, ({ path }) => {
      if (CALLED.test(path)) return null;
      const source = readFileSync(path, "utf8");
      const names = [...source.matchAll(/^export class (\w+)/gm)].map(([, name]) => name);
      const passedOn = source.match(/^export (?:\*|\{[^}]*\}) from .*$/gm) ?? [];
      return {
        contents: [...passedOn, ...names.map((name) => `export class ${name} {}`)].join("\n"),
        loader: "js",
      };
    });
  },
};

/**
 * Bundles the Worker into modules under `dist/modules/`: `index.mjs` with what it imports, and one for each group of
 * modules that a dynamic import reaches. `wrangler.toml` runs this file as its build command. Only what is new is written,
 * so that a stack that starts takes nothing from under another of the same checkout.
 *
 * @returns what esbuild says of inputs and outputs; paths from the project's root
 */
export async function buildWorker(target: string = TARGET): Promise<Metafile> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: ["worker/index.ts"],
    outdir: target,
    outExtension: { ".js": ".mjs" },
    // wrangler.toml knows them by this: a rule for every .mjs would also change how tests load the packages that have some.
    chunkNames: "[name]-[hash].built",
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    mainFields: ["browser", "module", "main"],
    external: ["cloudflare:*"],
    define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
    minify: true,
    // Log lines name errors and functions.
    keepNames: true,
    metafile: true,
    write: false,
    plugins: [runtimeBuiltins, zodByName, calledResources],
    logLevel: "error",
  });
  replaceModules(target, outputFiles);
  return metafile;
}

function replaceModules(target: string, modules: OutputFile[]): void {
  mkdirSync(target, { recursive: true });
  for (const { path, contents } of modules) {
    if (existsSync(path) && readFileSync(path).equals(contents)) continue;
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, contents);
    renameSync(draft, path);
  }
  const wanted = new Set(modules.map(({ path }) => basename(path)));
  for (const name of readdirSync(target)) {
    if (name.endsWith(".mjs") && !wanted.has(name)) rmSync(join(target, name), { force: true });
  }
}

if (import.meta.main) {
  const { outputs } = await buildWorker();
  say(`Worker: ${Object.keys(outputs).length} modules.`);
}
