import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createApiClient } from "./client/api.ts";
import type { DocumentJson } from "./client/shapes.ts";

const FOLDER = mkdtempSync(join(tmpdir(), "ancre-dev-"));
/** Far from the defaults, so that a running `npm run dev` is not in the way. */
const PORTS = { API: 18_787, WEB: 15_173, POSTGRES: 15_432, MODEL: 15_433 };
const URL = `http://127.0.0.1:${PORTS.API}`;

async function startDev(): Promise<ChildProcess> {
  const ports = Object.entries(PORTS).map(([name, port]) => [`ANCRE_${name}_PORT`, String(port)]);
  const child = spawn(process.execPath, [join(import.meta.dirname, "start.ts")], {
    env: { ...process.env, ...Object.fromEntries(ports), ANCRE_DATA_DIR: join(FOLDER, "data") },
    stdio: "ignore",
  });
  for (let look = 0; look < 720; look++) {
    if (
      await fetch(`${URL}/health`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return child;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error("npm run dev did not start");
}

async function untilDown(): Promise<void> {
  while (
    await fetch(`${URL}/health`).then(
      () => true,
      () => false,
    )
  ) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test("a document taken in just before kill -9 is ready after a restart", { timeout: 400_000 }, async () => {
  const file = join(FOLDER, "long.md");
  writeFileSync(
    file,
    Array.from({ length: 300 }, (_, i) => `## Part ${i}\n\n${`Sentence ${i}. `.repeat(60)}`).join("\n\n"),
  );
  const first = await startDev();
  const api = createApiClient({ url: URL });
  const collection = await api.json<{ id: string }>("POST", "/collections", { name: "Before" });
  const uploaded = await api.upload(collection.id, file);
  first.kill("SIGKILL");
  await untilDown();
  const second = await startDev();
  try {
    const settled: DocumentJson = await api.settle(uploaded.id);
    expect(settled).toMatchObject({ status: "ready", pages_total: 300 });
  } finally {
    second.kill("SIGTERM");
    await untilDown();
  }
});
