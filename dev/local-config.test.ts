import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { assertPortFree, readLocalConfig } from "./local-config.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "ancre-config-test-"));
  writeFileSync(
    join(root, ".dev.vars.example"),
    "ENVIRONMENT=development\nLLM_MODEL=from-example\nOPENAI_API_KEY=\n",
  );
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

test("the example serves until there is a .dev.vars, and the environment wins over both", () => {
  expect(readLocalConfig({}, root).variables).toEqual({
    ENVIRONMENT: "development",
    LLM_MODEL: "from-example",
  });
  writeFileSync(join(root, ".dev.vars"), 'ENVIRONMENT=development\nOPENAI_API_KEY="sk-file"\n');
  expect(readLocalConfig({}, root).variables.OPENAI_API_KEY).toBe("sk-file");
  expect(readLocalConfig({ OPENAI_API_KEY: "sk-env" }, root).variables.OPENAI_API_KEY).toBe("sk-env");
});

test("a DATABASE_URL exported for another project is left alone", () => {
  expect(readLocalConfig({ DATABASE_URL: "postgres://elsewhere" }, root).variables).not.toHaveProperty(
    "DATABASE_URL",
  );
});

test("ports and folder come from the environment", () => {
  const config = readLocalConfig({ ANCRE_API_PORT: "9000", ANCRE_DATA_DIR: "elsewhere" }, root);
  expect(config.ports).toEqual({ api: 9000, web: 5173, postgres: 54329, model: 54330, stripe: 54331 });
  expect(config.dataDir).toBe(join(root, "elsewhere"));
  expect(() => readLocalConfig({ ANCRE_WEB_PORT: "http" }, root)).toThrow("ANCRE_WEB_PORT");
});

test("a taken port names the variable to change", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await expect(assertPortFree(port, "the API", "ANCRE_API_PORT")).rejects.toThrow(
    /ANCRE_API_PORT=\d+ npm run dev/,
  );
  server.close();
  await once(server, "close");
  await expect(assertPortFree(port, "the API", "ANCRE_API_PORT")).resolves.toBeUndefined();
});
